// ledger/cases.hpp -- what decide() needs to know of a complaint, and what became of its decision.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <vector>

#include "ndr_triage/casework/decide.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

CaseFile load_case(Ledger& ledger, std::int64_t complaint, const Policy& policy, Instant now);

// Makes the open follow-ups of the complaint equal to the decision; what is done stays. Gives the
// complaints that the change may let decide differently, the earliest sent first: those that ask
// for what has become due here, that left to this one what is withdrawn now, or that know a contact
// from here.
std::vector<std::int64_t> save_decision(Ledger& ledger, std::int64_t complaint,
                                        const Decision& decision, Instant now);

}  // namespace ndr
