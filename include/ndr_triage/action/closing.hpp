// action/closing.hpp -- a person saw to a report or a call, and says what came of it.
#pragma once

#include "ndr_triage/action/approval.hpp"

namespace ndr {

// The follow-up is done, whatever its state was, and the ruling is kept; its case is decided again,
// and those that wait for the same, in one transaction. Gives the follow-up as it was. Throws
// Failure, naming the way out: there is none of that number and kind, or it was done before.
// LedgerError.
FollowUpRow close_follow_up(Ledger& ledger, const Policy& policy, FollowUpKind kind,
                            std::int64_t id, const Order& order, Instant now);

}  // namespace ndr
