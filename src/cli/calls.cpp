#include "ndr_triage/view/calls.hpp"

#include <fmt/core.h>

#include "command.hpp"
#include "ndr_triage/action/closing.hpp"
#include "ndr_triage/action/reports.hpp"
#include "ndr_triage/base/login.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/ledger/contacts.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr {

namespace {

constexpr const char* usage =
    "calls: write 'calls [list]', 'calls show N', or 'calls done N' with --satisfied, --contact "
    "ADDRESS or --no-satisfaction";

std::int64_t number_of(const std::string& word) {
    const auto number = parse_number(word);
    if (!number) throw UsageError(fmt::format("calls: '{}' is no number", printable(word)));
    return *number;
}

ExitStatus list(Context& context) {
    std::vector<CallRow> calls;
    Ledger ledger = context.ledger(Ledger::Access::read);
    ledger.read([&] { calls = list_calls(ledger, context.options().has("all")); });
    context.print(listing_of(calls, context.now()), "no call to make");
    return ExitStatus::ok;
}

ExitStatus show(Context& context, std::int64_t id) {
    const Configuration& configuration = context.configuration();
    Ledger ledger = context.ledger(Ledger::Access::read);
    std::optional<CallFacts> facts;
    ledger.read([&] { facts = call_facts(ledger, configuration.policy, id, context.now()); });
    if (!facts)
        throw Failure(ExitStatus::no_input,
                      fmt::format("there is no call {}: 'calls list --all' has them", id));
    print(call_sheet(*facts, reporter_of(configuration.complaint_desk()), context.now()));
    return ExitStatus::ok;
}

// The one of the three endings that was given.
Order order_of(const Options& options) {
    Order order{Ruling::Verb::satisfied, options.value("contact").value_or(""), login_name(),
                options.value("why").value_or("")};
    const bool satisfied = options.has("satisfied");
    const bool in_vain = options.has("no-satisfaction");
    const bool contact = options.has("contact");
    if ((satisfied ? 1 : 0) + (in_vain ? 1 : 0) + (contact ? 1 : 0) != 1) throw UsageError(usage);
    if (in_vain) order.verb = Ruling::Verb::no_satisfaction;
    if (contact) {
        order.verb = Ruling::Verb::contact;
        order.detail = comparable_address(order.detail);
    }
    return order;
}

void require_mailable(Ledger& ledger, const std::string& contact, const Policy& policy,
                      Instant now) {
    ContactHistory history;
    ledger.read([&] { history = contact_history(ledger, contact, policy, now); });
    const std::string reason = reason_not_to_mail(history, policy);
    if (!reason.empty())
        throw UsageError(fmt::format("--contact {}: {}", printable(contact), reason));
}

std::string outcome_text(const FollowUpRow& row, const Order& order) {
    if (order.verb == Ruling::Verb::satisfied)
        return fmt::format("call {}: done: nothing more follows from complaint {}\n", row.id,
                           row.complaint);
    if (order.verb == Ruling::Verb::contact)
        return fmt::format(
            "call {}: done: {} is the contact of {} now\n"
            "to complain to it: ndr-triage complain --ip {} --log FILE\n",
            row.id, order.detail, row.network.text(), row.address.text());
    return fmt::format("call {}: done: what follows is in 'ndr-triage act --dry-run'\n", row.id);
}

ExitStatus done(Context& context, std::int64_t id) {
    const Order order = order_of(context.options());
    const Policy& policy = context.configuration().policy;
    context.ledger(Ledger::Access::read);  // must be there already
    Ledger ledger = context.ledger(Ledger::Access::write);
    if (order.verb == Ruling::Verb::contact)
        require_mailable(ledger, order.detail, policy, context.now());
    const auto row = close_follow_up(ledger, policy, FollowUpKind::call, id, order, context.now());
    print(outcome_text(row, order));
    return ExitStatus::ok;
}

ExitStatus calls(Context& context) {
    const auto& words = context.operands();
    const std::string verb = words.empty() ? "list" : words.front();
    if (verb == "list" && words.size() <= 1) return list(context);
    if (verb == "show" && words.size() == 2) return show(context, number_of(words[1]));
    if (verb == "done" && words.size() == 2) return done(context, number_of(words[1]));
    throw UsageError(usage);
}

}  // namespace

Subcommand calls_command() {
    return {"calls",
            "[list | show N | done N]",
            "Calls for a person to make, each with a worksheet, and how they ended",
            {{"all", "", "list: those that were made, too"},
             {"json", "", "list: one object a line"},
             {"satisfied", "", "done: they see to it"},
             {"contact", "ADDRESS", "done: they name another contact"},
             {"no-satisfaction", "", "done: neither"},
             {"why", "TEXT", "done: kept with your login name, for whoever asks later"}},
            0,
            2,
            calls};
}

}  // namespace ndr
