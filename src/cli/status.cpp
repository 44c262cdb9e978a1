#include "command.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/view/story.hpp"

namespace ndr {

namespace {

ExitStatus status(Context& context) {
    Ledger ledger = context.ledger(Ledger::Access::read);
    const Story story =
        story_of(ledger, context.configuration().policy, context.operands().front(), context.now());
    if (!context.wants_json()) print(story.subject + "\n\n");
    context.print(story.events, "the ledger knows nothing of it");
    if (!context.wants_json() && !story.standing.empty()) print("\n" + story.standing);
    return ExitStatus::ok;
}

}  // namespace

Subcommand status_command() {
    return {"status",
            "WHAT",
            "All that is known of an address, prefix, contact or domain, as a story in time",
            {{"json", "", "the events, one object a line"}},
            1,
            1,
            status};
}

}  // namespace ndr
