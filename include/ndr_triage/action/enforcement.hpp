// action/enforcement.hpp -- carries out the blocks that are due, and keeps the back ends equal to
// the ledger.
//
// The ledger comes first: a block runs from the moment that it stands there as done, and a back end
// that could not be changed then is made equal the next time. So each step may be killed anywhere
// and repeated. Back ends may need a privilege that the ledger does not: hence two steps. Of the
// ledger only range, end and number are believed: what the site refuses now is not given to any
// back end, whatever was decided before.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ndr_triage/action/block/back_end.hpp"
#include "ndr_triage/casework/policy.hpp"
#include "ndr_triage/ledger/blocks.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"

namespace ndr {

using BackEnds = std::vector<std::unique_ptr<BackEnd>>;

// What runs, as the back ends shall have it.
struct InForce {
    std::vector<ActiveBlock> blocks;
    std::vector<std::string> refused;  // running blocks that are not applied, a line each
};
InForce in_force(Ledger& ledger, const Policy& policy, Instant now);

// The same once the blocks that are due are carried out, as far as nothing keeps them: what `act`
// would apply. Changes nothing, asks nobody.
InForce would_be_in_force(Ledger& ledger, const Policy& policy, Instant now);

struct CarriedOut {
    std::vector<FollowUpRow> done;     // blocks that run from now on
    std::vector<std::string> waiting;  // due ones that were not carried out, and why, a line each
};
// Blocks that are due now, each decided once more before, and lifts that a person approved. What
// exceeds the blocks of a day is held then, since whenever it is due, unless a person approved it.
// None the very first time without `is_first_allowed`: a person should have seen what will happen.
// With `notices_go_first` a block waits for the notice of its case, a day at most: it might keep
// the answer out. Throws LedgerError.
struct Conditions {
    bool is_first_allowed = false;
    bool notices_go_first = false;
};
CarriedOut carry_out_blocks(Ledger& ledger, const Policy& policy, const Conditions& conditions,
                            Instant now);

// Makes each back end equal; one that fails keeps no other from it. The faults, a line each.
std::vector<std::string> apply(const BackEnds& back_ends, const InForce& wanted, Instant now);
// One line for each thing that keeps a running block from being in force; none: all is well.
std::vector<std::string> verify(const BackEnds& back_ends, const InForce& wanted, Instant now);

}  // namespace ndr
