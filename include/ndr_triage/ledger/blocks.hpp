// ledger/blocks.hpp -- blocks that are carried out and still run.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/casework/follow_up.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

struct RunningBlock {
    std::int64_t id = 0;         // of the follow-up
    std::int64_t complaint = 0;  // 0: by hand, of none
    Block block;
    Instant begins_at{};
    Instant ends_at{};  // of its term, or when it was lifted
    std::string reason;
};
// By the time they began.
std::vector<RunningBlock> running_blocks(Ledger& ledger, Instant now);
// Those that ran at any time between the two.
std::vector<RunningBlock> blocks_between(Ledger& ledger, Instant from, Instant until);
// The first of them that holds an address of a mail host, as the MTA names it when it lost the
// connection: "connect to mx.example.net[192.0.2.1]:25: Connection timed out", Remote-MTA. "" none.
std::string own_block_over(Ledger& ledger, const std::string& diagnostic_code,
                           const std::string& remote_mta, Instant from, Instant until);
// When the last of the running blocks ends that hold the address; nullopt if there is none.
std::optional<Instant> blocked_until(Ledger& ledger, const Address& address, Instant now);

// A block, or the lift of one, of no complaint: done as soon as it stands there. Its number.
std::int64_t put_by_hand(Ledger& ledger, const Deed& deed, const std::string& reason,
                         const std::string& by, Instant now);

// A due follow-up is carried out from now on. False if it is not due any more.
bool finish_follow_up(Ledger& ledger, std::int64_t id, Instant now);
// How many networks were blocked since then.
std::int64_t blocks_done_since(Ledger& ledger, Instant since);
// True if any of that kind was ever carried out because of a complaint.
bool was_ever_done(Ledger& ledger, FollowUpKind kind);

}  // namespace ndr
