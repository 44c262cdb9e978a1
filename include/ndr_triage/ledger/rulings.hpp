// ledger/rulings.hpp -- what people decided, kept for good: the audit trail.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ndr_triage/casework/ruling.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

// `complaint` is absent for a block or lift by hand. The case is not decided again here.
void add_ruling(Ledger& ledger, std::optional<std::int64_t> complaint, const Ruling& ruling);
// Of one complaint, in the order in which they were made.
std::vector<Ruling> rulings_on(Ledger& ledger, std::int64_t complaint);
// Of no complaint: blocks and lifts by hand, of any network, in that order.
std::vector<Ruling> rulings_by_hand(Ledger& ledger);

}  // namespace ndr
