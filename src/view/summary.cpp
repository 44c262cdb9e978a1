#include "ndr_triage/view/summary.hpp"

#include <fmt/core.h>

#include <cmath>

#include "ndr_triage/base/text.hpp"

namespace ndr {

std::string summary_text(const Summary& summary) {
    const Period& period = summary.totals.period;
    std::string text = fmt::format("{}\n{}\n", period_text(period), comparison_text(period));
    for (const auto& section : sections_of(summary)) {
        text += "\n" + section.listing.table();
        const std::string share = share_text(summary.totals);
        if (section.name == "complaints" && !share.empty()) text += share + "\n";
    }
    return text;
}

std::string period_text(const Period& period) {
    return fmt::format("from {} until {}", iso_text(period.since), iso_text(period.until));
}

std::string comparison_text(const Period& period) {
    constexpr Seconds day = std::chrono::days(1);
    const auto length = period.length();
    return fmt::format("compared with the {} before",
                       length % day == Seconds(0)
                           ? counted(static_cast<std::size_t>(length / day), "day")
                           : span_text(length));
}

std::string share_text(const Totals& totals) {
    const std::int64_t sent = totals.complaints.of(Dispatch::sent);
    const std::int64_t all = sent + totals.complaints.of(Dispatch::recorded);
    if (all == 0) return {};
    return fmt::format(
        "Of {} sent or recorded {} have no answer: {:.0f} %", all, totals.without_answer,
        100.0 * static_cast<double>(totals.without_answer) / static_cast<double>(all));
}

std::string change_text(std::int64_t before, std::int64_t count) {
    constexpr std::int64_t least_for_percentage = 20;
    constexpr std::int64_t largest_percentage = 999;
    const std::int64_t change = count - before;
    if (change == 0) return "=";
    const std::int64_t percent =
        before < least_for_percentage
            ? 0
            : std::llround(100.0 * static_cast<double>(change) / static_cast<double>(before));
    const bool is_telling = percent != 0 && percent <= largest_percentage;
    return is_telling ? fmt::format("{:+} %", percent) : fmt::format("{:+}", change);
}

std::string wait_text(Seconds wait) {
    constexpr std::int64_t minute = 60;
    constexpr std::int64_t hour = 60 * minute;
    constexpr std::int64_t day = 24 * hour;
    const std::int64_t count = wait.count();
    const auto in = [&](std::int64_t unit, const char* name) {
        return fmt::format("{} {}", (count + unit / 2) / unit, name);
    };
    if (count < 2 * minute) return in(1, "s");
    if (count < 2 * hour) return in(minute, "min");
    return count < 2 * day ? in(hour, "h") : in(day, "d");
}

}  // namespace ndr
