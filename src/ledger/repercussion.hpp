// ledger/repercussion.hpp -- which other complaints a decision may let decide differently.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

// What others see of a complaint: its due follow-ups, and how its contacts stand.
struct Appearance {
    struct Due {
        std::string kind;
        std::string target;
        std::int64_t due_at = 0;
        auto operator<=>(const Due&) const = default;
    };
    struct Standing {
        std::int64_t contact = 0;
        std::string state;
        std::string said;  // the rest of it, joined
        auto operator<=>(const Standing&) const = default;
    };
    std::vector<Due> due;
    std::vector<Standing> standings;  // of copies that were sent, by position
};
Appearance appearance_of(Ledger& ledger, std::int64_t complaint);

// The earliest sent first.
std::vector<std::int64_t> complaints_touched(Ledger& ledger, std::int64_t complaint,
                                             const Appearance& before, const Appearance& after);

}  // namespace ndr
