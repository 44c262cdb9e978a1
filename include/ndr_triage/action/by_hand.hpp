// action/by_hand.hpp -- a person blocks a network, or lifts blocks, without any complaint.
//
// Written down with who and why, like every ruling; back ends are made equal afterwards
// (action/enforcement.hpp). Open cases about the network are decided again in the same transaction.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ndr_triage/casework/policy.hpp"
#include "ndr_triage/ledger/blocks.hpp"

namespace ndr {

struct Hand {
    std::string by;   // login name
    std::string why;  // "" nothing said
};

// The number of the block. Throws UsageError for what the site refuses, and, unless `is_sure`, for
// what would be held if a complaint asked for it. LedgerError.
std::int64_t block_by_hand(Ledger& ledger, const Policy& policy, const Block& block,
                           const Hand& hand, bool is_sure, Instant now);
// Ends the running blocks of exactly that range; they come back. Throws Failure (no_input) if there
// is none, naming those that cover it. LedgerError.
std::vector<RunningBlock> lift_by_hand(Ledger& ledger, const Policy& policy,
                                       const AddressRange& range, const Hand& hand, Instant now);
// Ends all running blocks; they come back.
std::vector<RunningBlock> lift_all_by_hand(Ledger& ledger, const Policy& policy, const Hand& hand,
                                           Instant now);

}  // namespace ndr
