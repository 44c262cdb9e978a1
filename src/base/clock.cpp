#include "ndr_triage/base/clock.hpp"

#include <glib.h>

#include <array>
#include <charconv>
#include <memory>

namespace ndr {

namespace {

struct DateTimeDeleter {
    void operator()(GDateTime* time) const { g_date_time_unref(time); }
};
using DateTime = std::unique_ptr<GDateTime, DateTimeDeleter>;

std::string formatted(const DateTime& time, const char* format) {
    if (!time) return "?";
    char* text = g_date_time_format(time.get(), format);
    std::string result = text ? text : "?";
    g_free(text);
    return result;
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

struct ZoneDeleter {
    void operator()(GTimeZone* zone) const { g_time_zone_unref(zone); }
};
using Zone = std::unique_ptr<GTimeZone, ZoneDeleter>;

constexpr std::array weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

struct Unit {
    char letter;
    std::int64_t seconds;
};
constexpr std::array<Unit, 5> units{
    {{'w', 604800}, {'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};
constexpr std::int64_t longest_span = 10LL * 366 * 86400;

}  // namespace

Instant system_now() {
    return std::chrono::floor<Seconds>(std::chrono::system_clock::now());
}

std::string iso_text(Instant at) {
    return formatted(DateTime{g_date_time_new_from_unix_utc(unix_seconds(at))},
                     "%Y-%m-%dT%H:%M:%SZ");
}

std::string local_text(Instant at) {
    return formatted(DateTime{g_date_time_new_from_unix_local(unix_seconds(at))},
                     "%Y-%m-%d %H:%M %Z");
}

std::string zone_text(Instant at) {
    return formatted(DateTime{g_date_time_new_from_unix_local(unix_seconds(at))}, "%Z (UTC%:z)");
}

std::optional<LocalTime> local_time(Instant at, const std::string& name) {
    const Zone zone{g_time_zone_new_identifier(name.c_str())};
    if (!zone) return std::nullopt;
    const DateTime utc{g_date_time_new_from_unix_utc(unix_seconds(at))};
    const DateTime time{utc ? g_date_time_to_timezone(utc.get(), zone.get()) : nullptr};
    if (!time) return std::nullopt;
    LocalTime local;
    local.weekday = g_date_time_get_day_of_week(time.get());
    local.minute = 60 * g_date_time_get_hour(time.get()) + g_date_time_get_minute(time.get());
    local.utc_offset = std::chrono::duration_cast<Seconds>(
        std::chrono::microseconds(g_date_time_get_utc_offset(time.get())));
    local.text = std::string(weekdays.at(static_cast<std::size_t>(local.weekday - 1))) +
                 formatted(time, " %Y-%m-%d %H:%M");
    return local;
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.starts_with('@')) {
        const auto seconds = number(text.substr(1));
        return seconds ? std::optional(instant_of(*seconds)) : std::nullopt;
    }
    if (text.find('\0') != std::string_view::npos) return std::nullopt;  // GLib would stop there
    std::string iso(text);
    if (iso.size() == 10) iso += "T00:00:00";
    if (iso.size() == 16) iso += ":00";
    std::unique_ptr<GTimeZone, decltype(&g_time_zone_unref)> utc(g_time_zone_new_utc(),
                                                                 g_time_zone_unref);
    const DateTime time{g_date_time_new_from_iso8601(iso.c_str(), utc.get())};
    if (!time) return std::nullopt;
    return instant_of(g_date_time_to_unix(time.get()));
}

std::optional<Seconds> parse_span(std::string_view text) {
    if (text == "0") return Seconds{0};
    if (text.size() < 2) return std::nullopt;
    const auto count = number(text.substr(0, text.size() - 1));
    if (!count || *count <= 0) return std::nullopt;
    for (const auto& unit : units) {
        if (unit.letter != text.back()) continue;
        if (*count > longest_span / unit.seconds) return std::nullopt;
        return Seconds{*count * unit.seconds};
    }
    return std::nullopt;
}

std::string span_text(Seconds span) {
    if (span.count() == 0) return "0";
    for (const auto& unit : units) {
        if (unit.letter != 'w' && span.count() % unit.seconds == 0)
            return std::to_string(span.count() / unit.seconds) + unit.letter;
    }
    return std::to_string(span.count()) + 's';
}

}  // namespace ndr
