#include "ndr_triage/action/act.hpp"

#include <fmt/core.h>

#include "command.hpp"
#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/view/agenda.hpp"
#include "ndr_triage/view/lists.hpp"

namespace ndr {

namespace {

void show_agenda(Context& context) {
    const Configuration& configuration = context.configuration();
    Ledger ledger = context.ledger(Ledger::Access::read);
    const Agenda agenda =
        agenda_of(ledger, configuration.policy, Hold(configuration.hold), context.now());
    if (context.wants_json()) {
        print(listing_of(agenda.follow_ups).json_lines());
    } else {
        print(agenda_text(agenda, context.now()));
    }
}

ExitStatus act(Context& context) {
    if (!context.options().has("dry-run")) {
        const Configuration& configuration = context.configuration();
        context.ledger(
            Ledger::Access::read);  // must be there: only replies and complaints make one
        const RuleSet rules = context.rules();
        const House house = context.house();
        Hold hold(configuration.hold);
        const Delivery delivery{rules,      house, configuration.ledger, hold,
                                Envelope(), false, context.now()};
        const Settled settled = settle(delivery, configuration.sizes);
        for (const auto& delivered : settled.retried) {
            if (!delivered.held.empty())
                log::warn("{}: still held: {}", delivered.held, printable(delivered.reason));
        }
    }
    show_agenda(context);
    return ExitStatus::ok;
}

}  // namespace

Subcommand act_command() {
    return {"act",
            "",
            "Take up held messages and cases whose time has come, and show what follows",
            {{"dry-run", "", "change nothing, only show what would happen and why"},
             {"json", "", "the follow-ups, one object a line"}},
            0,
            0,
            act};
}

}  // namespace ndr
