// ledger/cases.hpp -- what decide() needs to know of a complaint, and what became of its decision.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <optional>
#include <vector>

#include "ndr_triage/casework/decide.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

CaseFile load_case(Ledger& ledger, std::int64_t complaint, const Policy& policy, Instant now);

// Makes the open follow-ups of the complaint equal to the decision; what is done stays.
void save_decision(Ledger& ledger, std::int64_t complaint, const Decision& decision, Instant now);

struct FollowUpRow {
    std::int64_t id = 0;
    std::int64_t complaint = 0;
    Address address;  // the attacker's
    FollowUp follow_up;
    Instant decided_at{};
    std::optional<Instant> done_at;
};
struct FollowUpFilter {
    std::optional<std::int64_t> complaint;
    bool open_only = false;
};
// By network, complaint and kind.
std::vector<FollowUpRow> list_follow_ups(Ledger& ledger, const FollowUpFilter& filter);

}  // namespace ndr
