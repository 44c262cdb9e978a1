#include "ndr_triage/view/summary.hpp"

#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>

#include "command.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/hold.hpp"
#include "ndr_triage/view/summary_page.hpp"

namespace ndr {

namespace {

constexpr Seconds usual_length = std::chrono::days(30);

Instant time_of(const Options& options, const char* name, Instant otherwise) {
    constexpr Instant first{};
    constexpr Instant last = instant_of(253402300799);  // the end of the year 9999
    const auto word = options.value(name);
    const auto at = word ? parse_instant(*word) : std::optional(otherwise);
    if (!at || *at < first || *at > last)
        throw UsageError(fmt::format(
            "--{} {}: no time from 1970 to 9999: write 2026-11-23 or 2026-11-23T10:00:00Z", name,
            printable(word.value_or("(now)"))));
    return *at;
}

Period period_of(const Context& context) {
    const Instant until = time_of(context.options(), "until", context.now());
    const Instant since = context.options().has("since")
                              ? time_of(context.options(), "since", until)
                              : until - usual_length;
    const Period period{since, until};
    if (period.since >= period.until)
        throw UsageError(fmt::format("--until {}: not after --since {}", iso_text(period.until),
                                     iso_text(period.since)));
    return period;
}

// What is renamed into the place of a device or a link would take it away.
void require_replaceable(const std::string& path) {
    struct stat there {};
    if (path == "-") return;
    if (path.empty()) throw UsageError("--html: no file: name one, or '-' for standard output");
    if (lstat(path.c_str(), &there) == 0 && !S_ISREG(there.st_mode))
        throw UsageError(
            fmt::format("--html {}: no regular file: name another, or '-' for standard output",
                        printable(path)));
}

Summary summary_of(Context& context, const Period& period) {
    Ledger ledger = context.ledger(Ledger::Access::read);
    Summary summary;
    ledger.read([&] { summary = summarize(ledger, period, context.now()); });
    const auto held = Hold(context.configuration().hold).list();
    summary.held_failed = std::count_if(
        held.begin(), held.end(), [](const HeldMessage& message) { return message.was_retried; });
    summary.held_new = static_cast<std::int64_t>(held.size()) - summary.held_failed;
    return summary;
}

ExitStatus summary(Context& context) {
    const auto page = context.options().value("html");
    if (page && context.wants_json()) throw UsageError("summary: --json or --html, not both");
    if (page) require_replaceable(*page);
    const Summary found = summary_of(context, period_of(context));
    if (context.wants_json()) {
        print(summary_json(found));
    } else if (!page) {
        print(summary_text(found));
    } else if (*page == "-") {
        print(summary_page(found));
    } else {
        constexpr mode_t for_a_web_server = 0644;
        context.become_caller();
        write_file_durably(*page, summary_page(found), for_a_web_server);
    }
    return ExitStatus::ok;
}

}  // namespace

Subcommand summary_command() {
    return {"summary",
            "",
            "Totals and trends of a period, compared with the one before",
            {{"since", "TIME", "its beginning, 30 days before its end unless told"},
             {"until", "TIME", "its end, which is no part of it; now unless told"},
             {"json", "", "one object"},
             {"html", "FILE", "one page with charts; - for standard output"}},
            0,
            0,
            summary};
}

}  // namespace ndr
