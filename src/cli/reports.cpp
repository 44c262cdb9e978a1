#include "ndr_triage/action/reports.hpp"

#include <fmt/core.h>

#include "drafting.hpp"
#include "ndr_triage/action/closing.hpp"
#include "ndr_triage/base/login.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/view/reports.hpp"

namespace ndr {

namespace {

constexpr const char* usage =
    "reports: write 'reports [list]', 'reports show N', 'reports write' or 'reports sent N'";

std::int64_t number_of(const std::string& word) {
    const auto number = parse_number(word);
    if (!number) throw UsageError(fmt::format("reports: '{}' is no number", printable(word)));
    return *number;
}

ExitStatus list(Context& context, const ReportDesk& reports) {
    context.print(listing_of(reports.list(context.options().has("all"))),
                  "no report for a registry");
    return ExitStatus::ok;
}

ExitStatus show(const ReportDesk& reports, const std::string& word) {
    const auto report = reports.find(number_of(word));
    if (!report)
        throw Failure(
            ExitStatus::no_input,
            fmt::format("there is no report {}: 'reports list --all' has them", printable(word)));
    print(text_of(*report));
    return ExitStatus::ok;
}

ExitStatus write(Context& context) {
    const auto paths = write_drafts(context);
    for (const auto& path : paths)
        print(path + "\n");
    if (paths.empty())
        print(fmt::format("{}: nothing new is due\n", context.configuration().reports));
    return ExitStatus::ok;
}

ExitStatus sent(Context& context, const std::string& word) {
    const std::int64_t id = number_of(word);
    const Order order{Ruling::Verb::sent, "", login_name(),
                      context.options().value("why").value_or("")};
    const Policy& policy = context.configuration().policy;
    context.ledger(Ledger::Access::read);  // must be there already
    Ledger ledger = context.ledger(Ledger::Access::write);
    const auto row =
        close_follow_up(ledger, policy, FollowUpKind::report, id, order, context.now());
    print(fmt::format("{}: sent: {}\n", id, printable(description_of(row.follow_up.deed))));
    return ExitStatus::ok;
}

ExitStatus reports(Context& context) {
    const auto& words = context.operands();
    const std::string verb = words.empty() ? "list" : words.front();
    if (verb == "sent" && words.size() == 2) return sent(context, words[1]);
    if (verb == "write" && words.size() == 1) return write(context);
    const RegistryDesks desks = context.desks();
    Ledger ledger = context.ledger(Ledger::Access::read);
    const ReportDesk all(ledger, desks, reporter_of(context.configuration().complaint_desk()));
    if (verb == "list" && words.size() <= 1) return list(context, all);
    if (verb == "show" && words.size() == 2) return show(all, words[1]);
    throw UsageError(usage);
}

}  // namespace

std::vector<std::string> write_drafts(Context& context) {
    const Configuration& configuration = context.configuration();
    const RegistryDesks desks = context.desks();
    Ledger ledger = context.ledger(Ledger::Access::read);
    const ReportDesk reports(ledger, desks, reporter_of(configuration.complaint_desk()));
    return write_reports(reports, configuration.reports, context.now());
}

Subcommand reports_command() {
    return {"reports",
            "[list | show N | write | sent N]",
            "Reports of wrong contacts, drafted for each registry's own form",
            {{"all", "", "list: those that were sent, too"},
             {"json", "", "list: one object a line"},
             {"why", "TEXT", "sent: kept with your login name, for whoever asks later"}},
            0,
            2,
            reports};
}

}  // namespace ndr
