#include "ndr_triage/action/act.hpp"
#include "ndr_triage/action/enforcement.hpp"

#include <fmt/core.h>

#include "command.hpp"
#include "ndr_triage/base/file_lock.hpp"
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

// What is running, as each back end would have it.
void show_plans(Context& context) {
    const Configuration& configuration = context.configuration();
    if (!configuration.carries_out_blocks || context.wants_json()) return;
    Ledger ledger = context.ledger(Ledger::Access::read);
    const InForce wanted = in_force(ledger, configuration.policy, context.now());
    for (const auto reach : {Reach::files, Reach::tools}) {
        for (const auto& back_end : back_ends_of(configuration.back_ends, reach))
            print(fmt::format("\n{}, for what runs already:\n{}", back_end->name(),
                              back_end->plan(wanted.blocks, context.now())));
    }
}

// True if there is nothing to tell.
bool tell(const std::vector<std::string>& faults) {
    for (const auto& fault : faults)
        log::error("{}", printable(fault, 1000));
    return faults.empty();
}

// A block that no back end knows would stand as done, and nothing would be blocked.
void require_back_ends(const Configuration& configuration) {
    if (configuration.carries_out_blocks && configuration.back_ends.names.empty())
        throw ConfigError(
            "enforce = block, but back_ends names none: nothing would be blocked; name one, or "
            "write enforce = nothing");
}

ExitStatus carry_out(Context& context) {
    const Configuration& configuration = context.configuration();
    if (!configuration.carries_out_blocks) return ExitStatus::ok;
    const BackEnds files = back_ends_of(configuration.back_ends, Reach::files);
    const BackEnds tools = back_ends_of(configuration.back_ends, Reach::tools);
    CarriedOut result;
    InForce wanted;
    {
        Ledger ledger = context.ledger(Ledger::Access::write);
        result = carry_out_blocks(ledger, configuration.policy, context.options().has("first"),
                                  context.now());
        wanted = in_force(ledger, configuration.policy, context.now());
    }
    if (!context.wants_json()) {
        for (const auto& row : result.done)
            print(fmt::format("done: {}, complaint {}\n", description_of(row.follow_up.deed),
                              row.complaint));
        for (const auto& line : result.waiting)
            print(fmt::format("waits: {}\n", line));
    }
    bool is_well = tell(wanted.refused);
    is_well = tell(apply(files, wanted, context.now())) && is_well;
    context.become_caller();
    is_well = tell(apply(tools, wanted, context.now())) && is_well;
    return is_well ? ExitStatus::ok : ExitStatus::unavailable;
}

ExitStatus act(Context& context) {
    ExitStatus status = ExitStatus::ok;
    const Configuration& configuration = context.configuration();
    require_back_ends(configuration);
    if (configuration.carries_out_blocks) context.require_own_files();
    if (!context.options().has("dry-run")) {
        context.ledger(
            Ledger::Access::read);  // must be there: only replies and complaints make one
        const auto lock = FileLock::if_free(configuration.ledger + ".act");
        if (!lock) {
            log::warn("another 'act' is at work: this one ends");
            return ExitStatus::ok;
        }
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
        status = carry_out(context);
    }
    show_agenda(context);
    if (context.options().has("dry-run")) show_plans(context);
    return status;
}

}  // namespace

Subcommand act_command() {
    return {"act",
            "",
            "Take up held messages and cases whose time has come, carry out what is due",
            {{"dry-run", "", "change nothing, only show what would happen and why"},
             {"first", "", "carry out the first block, too"},
             {"json", "", "the follow-ups, one object a line"}},
            0,
            0,
            act};
}

}  // namespace ndr
