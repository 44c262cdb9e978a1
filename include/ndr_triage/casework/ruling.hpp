// casework/ruling.hpp -- what a person decided about a follow-up: who, when and why.
//
// A ruling belongs to one complaint, kind and target. It holds as long as the case asks for that
// follow-up, whatever replies come in later; where the target changes, the network's range for one,
// nothing was ruled about the new one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/casework/follow_up.hpp"

namespace ndr {

struct Ruling {
    enum class Verb {
        approve,         // carry it out
        approve_around,  // a block: carry it out but for what must stay open
        dismiss,         // do not
        sent,            // a report: somebody sent it
        satisfied,       // a call: the network sees to it
        contact,         // a call: there is another contact, `detail`
        no_satisfaction  // a call: what follows elsewhere follows here
    };

    FollowUpKind kind = FollowUpKind::block;
    std::string target;
    Verb verb = Verb::dismiss;
    std::string detail;
    Instant at{};
    std::string by;   // login name
    std::string why;  // "" nothing said

    bool operator==(const Ruling&) const = default;
};

std::string_view text(Ruling::Verb verb);  // "approve-around"
std::optional<Ruling::Verb> verb_of(std::string_view text);
// "approved by jo on 2026-11-23: seen in the log too", for people.
std::string description_of(const Ruling& ruling);

}  // namespace ndr
