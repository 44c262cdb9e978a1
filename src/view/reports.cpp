#include "ndr_triage/view/reports.hpp"

namespace ndr {

Listing listing_of(const std::vector<DraftedReport>& reports) {
    Listing listing{{{"id", "ID"},
                     {"state", "STATE"},
                     {"registry", "REGISTRY"},
                     {"network", "NETWORK"},
                     {"about", "ABOUT"},
                     {"outcome", "OUTCOME"},
                     {"due_at", ""},
                     {"sent_at", ""},
                     {"complaint", "COMPLAINT"},
                     {"reason", "WHY"}},
                    {}};
    for (const auto& [row, desk, draft] : reports) {
        const FollowUp& follow_up = row.follow_up;
        const bool is_due = !row.done_at && follow_up.state == FollowUpState::due;
        listing.rows.push_back(
            {row.id, row.done_at ? "sent" : std::string(text(follow_up.state)), text_value(desk),
             row.network.text(), target_of(follow_up.deed),
             follow_up.outcome ? Value(std::string(text(*follow_up.outcome))) : Value(),
             is_due ? Value(iso_text(follow_up.due_at)) : Value(),
             row.done_at ? Value(iso_text(*row.done_at)) : Value(), row.complaint,
             follow_up.reason});
    }
    return listing;
}

}  // namespace ndr
