// ledger/follow_ups.hpp -- follow-ups as they stand in the ledger.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <optional>
#include <vector>

#include "ndr_triage/casework/follow_up.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

struct FollowUpRow {
    std::int64_t id = 0;
    std::int64_t complaint = 0;
    Address address;       // the attacker's
    AddressRange network;  // of the complaint
    FollowUp follow_up;
    Instant decided_at{};
    std::optional<Instant> done_at;
    std::int64_t tries = 0;             // of a letter, those that failed
    std::optional<Instant> tried_at{};  // for the last time
    std::string fault{};                // what kept it then
};
struct FollowUpFilter {
    std::optional<std::int64_t> complaint;
    bool open_only = false;
    std::optional<std::int64_t> id{};
};
// By network, complaint and kind.
std::vector<FollowUpRow> list_follow_ups(Ledger& ledger, const FollowUpFilter& filter);

// Writes one down. An equal one keeps the time of its decision; one that is done, or on its way, is
// left alone. A number that was given once is never given again: a person may approve by it what is
// withdrawn by then.
void put_follow_up(Ledger& ledger, std::int64_t complaint, const FollowUp& follow_up, Instant now);
// A letter that is due goes on its way. False if it is not due any more.
bool start_sending(Ledger& ledger, std::int64_t id, Instant now);
void finish_sending(Ledger& ledger, std::int64_t id, Instant now);
// The MTA did not take it: due again, with one try more.
void fail_sending(Ledger& ledger, std::int64_t id, const std::string& fault, Instant now);
// One that was found on its way is held from now on; nothing otherwise.
void release_follow_up(Ledger& ledger, std::int64_t id);
// A person saw to it, whatever its state was.
void mark_done(Ledger& ledger, std::int64_t id, Instant at);
void delete_follow_up(Ledger& ledger, std::int64_t id);

}  // namespace ndr
