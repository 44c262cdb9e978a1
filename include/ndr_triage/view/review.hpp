// view/review.hpp -- what waits for a person: by network and outcome, the best proven first.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ndr_triage/intake/hold.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

// Held, proposed and refused follow-ups of one network that rest on one outcome and trust.
struct ReviewGroup {
    AddressRange network;
    std::optional<Outcome> outcome;
    Trust trust = Trust::unknown;
    std::vector<FollowUpRow> rows;
};

// Of all open follow-ups those that are not due, signed ones first, then by network.
std::vector<ReviewGroup> review_of(const std::vector<FollowUpRow>& rows);

// For people; `messages` are those in hold.
std::string review_text(const std::vector<ReviewGroup>& groups, std::size_t messages);
// One row a follow-up, then one a message in hold, of the kind "message".
Listing listing_of(const std::vector<ReviewGroup>& groups, const std::vector<HeldMessage>& held);

}  // namespace ndr
