// ledger/tried.hpp -- what was done to reach the holder of a network, and what came back.
#pragma once

#include "ndr_triage/casework/report_draft.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

// Copies of the complaint, and notices of its case, each with what came of it.
std::vector<Attempt> attempts_of(Ledger& ledger, std::int64_t complaint);

// The reply by which the contact stands as it does: to the copy of this complaint, or, where it was
// known dead before, to that of an earlier one. nullopt if it has not failed.
struct ReturnedCopy {
    ReportedBounce bounce;
    Instant complained_at{};
};
std::optional<ReturnedCopy> returned_copy(Ledger& ledger, std::int64_t complaint,
                                          const std::string& contact);

}  // namespace ndr
