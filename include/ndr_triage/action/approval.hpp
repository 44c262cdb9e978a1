// action/approval.hpp -- a person approves or dismisses what waits for one.
//
// A ruling is written down and the case decided again in one transaction, so that what the ledger
// shows is what the ruling made of it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ndr_triage/casework/policy.hpp"
#include "ndr_triage/casework/ruling.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"

namespace ndr {

// Kind and target come from the follow-up.
struct Order {
    Ruling::Verb verb = Ruling::Verb::dismiss;
    std::string detail{};
    std::string by;   // login name
    std::string why;  // "" nothing said
};

// What became of it; nullopt if the case does not ask for it any more, since another one sees to
// the same. Throws Failure, naming the way out: there is no such follow-up, it is done, refused, or
// aimed at a network that is only a guess. LedgerError.
std::optional<FollowUpRow> rule_on(Ledger& ledger, const Policy& policy, std::int64_t id,
                                   const Order& order, Instant now);

// What may be approved or dismissed without looking at each: it waits, rests on signed replies
// alone, and is aimed at a network that is known.
std::vector<FollowUpRow> proven(Ledger& ledger);

// Of these, what rests on lost connections that may be a fault of ours: to be approved one by one,
// if at all.
struct Doubtful {
    FollowUpRow row;
    std::string why;
};
std::vector<Doubtful> take_doubtful(std::vector<FollowUpRow>& rows, Ledger& ledger,
                                    const Policy& policy, Instant now);

}  // namespace ndr
