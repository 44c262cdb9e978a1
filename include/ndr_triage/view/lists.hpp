// view/lists.hpp -- what the ledger knows, as listings.
#pragma once

#include <vector>

#include "ndr_triage/intake/hold.hpp"
#include "ndr_triage/ledger/blocks.hpp"
#include "ndr_triage/ledger/contacts.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "ndr_triage/ledger/replies.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

Listing listing_of(const std::vector<ReplyRow>& rows);
Listing listing_of(const std::vector<NetworkRow>& rows);
Listing listing_of(const std::vector<FollowUpRow>& rows);
Listing listing_of(const std::vector<HeldMessage>& rows);
Listing listing_of(const std::vector<RunningBlock>& rows);
Listing listing_of(const std::vector<ContactHistory>& rows);

// What a run took in: how many of each outcome were new, how many known before.
class Tally {
public:
    void add(const Judgement& judgement, Filing filing);
    Listing listing() const;  // outcomes that occurred, then all
    std::size_t count() const;

private:
    struct Counts {
        std::int64_t recorded = 0;
        std::int64_t raised = 0;
        std::int64_t repeated = 0;
    };
    std::array<Counts, all_outcomes.size()> counts_{};
};

}  // namespace ndr
