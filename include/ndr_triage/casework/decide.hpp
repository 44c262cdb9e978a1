// casework/decide.hpp -- from a case file to the follow-ups that should exist.
//
// Pure: no clock, no I/O, and the order in which replies came in does not matter. It runs after
// each reply and by timer; the ledger is made equal to what it returns.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/casework/case_file.hpp"
#include "ndr_triage/casework/follow_up.hpp"
#include "ndr_triage/casework/policy.hpp"

namespace ndr {

// How one contact of the complaint stands.
struct ContactStanding {
    enum class State { silent, failed, works };

    std::string contact;
    State state = State::silent;
    Outcome outcome = Outcome::undetermined;         // of a failed one
    Trust trust = Trust::unknown;                    // in the reply that says so
    FollowUpState allows = FollowUpState::proposed;  // the furthest a follow-up of it may go
    Instant due_at{};
    std::optional<Instant> since;  // date of the reply that says so; nullopt: silent
    std::string why;               // one line
    bool has_worked = false;       // it acknowledged, signed, and failed later: contradictory
    bool seems_reached = false;    // it acknowledged, as far as an unproven reply tells
    std::optional<Instant> acknowledged_at;  // dated by the latest, proven or not
};

struct Decision {
    std::vector<ContactStanding> contacts;
    std::vector<FollowUp> follow_ups;
    std::vector<std::string> seen_to;  // what another complaint's follow-up saves this one, and why
    std::string why;                   // one line: what decided the whole case
    Column column = Column::elsewhere;  // of the policy table
    std::optional<Instant> look_again;  // when time alone will change the decision
};

Decision decide(const Policy& policy, const CaseFile& file, Instant now);

}  // namespace ndr
