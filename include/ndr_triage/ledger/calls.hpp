// ledger/calls.hpp -- calls, and what whoever makes one needs to know.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/casework/policy.hpp"
#include "ndr_triage/casework/report_draft.hpp"
#include "ndr_triage/casework/ruling.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"

namespace ndr {

struct CallRow {
    FollowUpRow row;
    Network network;
};
// By network; those that are done too if `all`.
std::vector<CallRow> list_calls(Ledger& ledger, bool all);

// A contact that the complaint did not reach.
struct DeadContact {
    std::string address;
    Instant complained_at{};
    std::optional<ReportedBounce> bounce;  // nullopt: none came back
};

struct CallFacts {
    FollowUpRow row;
    Network network;
    Instant complained_at{};
    std::vector<DeadContact> contacts;
    std::vector<Attempt> attempts;
    std::vector<FollowUp> without_satisfaction;  // what follows then, if the call is still to make
    std::optional<Ruling> end;                   // how it ended
};
// nullopt if there is no call of that number.
std::optional<CallFacts> call_facts(Ledger& ledger, const Policy& policy, std::int64_t id,
                                    Instant now);

}  // namespace ndr
