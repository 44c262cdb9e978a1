#include "ndr_triage/view/review.hpp"

#include "command.hpp"
#include "ndr_triage/intake/hold.hpp"

namespace ndr {

namespace {

ExitStatus review(Context& context) {
    std::vector<FollowUpRow> rows;
    Ledger ledger = context.ledger(Ledger::Access::read);
    ledger.read([&] { rows = list_follow_ups(ledger, {std::nullopt, true}); });
    const auto groups = review_of(rows);
    const auto held = Hold(context.configuration().hold).list();
    if (context.wants_json()) {
        print(listing_of(groups, held).json_lines());
    } else {
        print(review_text(groups, held.size()));
    }
    return ExitStatus::ok;
}

}  // namespace

Subcommand review_command() {
    return {"review",
            "",
            "What waits for a person, by network and outcome, the best proven first",
            {{"json", "", "follow-ups and messages in hold, one object a line"}},
            0,
            0,
            review};
}

}  // namespace ndr
