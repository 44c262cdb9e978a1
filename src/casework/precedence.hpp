// casework/precedence.hpp -- what other complaints of the same network or domain already see to.
//
// Of several complaints that ask for the same thing one gets it: what is done comes first, then the
// due follow-up that may be carried out first. That does not depend on the order in which replies
// arrive.
#pragma once

#include <optional>
#include <string>

#include "ndr_triage/casework/case_file.hpp"
#include "ndr_triage/casework/policy.hpp"

namespace ndr {

// Why the follow-up need not exist, as a sentence; nullopt: it must. `is_own` if it is because this
// very complaint's was done.
struct SeenTo {
    std::string reason;
    bool is_own = false;
};
std::optional<SeenTo> seen_to(const FollowUp& follow_up, const CaseFile& file,
                              const Policy& policy);

// A block that was carried out, and when it ends: by its term, or because it was lifted.
struct PastBlock {
    std::int64_t complaint = 0;
    Instant begin{};
    Instant end{};
    Seconds term{};  // as decided
};
// Of this network, the latest by its end.
std::optional<PastBlock> last_block(const CaseFile& file);

// How long a block that is due then lasts: longer if the network was blocked within a year before.
Seconds block_term(const CaseFile& file, const Policy& policy, Instant due_at);

}  // namespace ndr
