// action/block/differences.hpp -- what a firewall holds against what it should hold. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/action/block/back_end.hpp"

namespace ndr {

// What a tool says it blocks.
struct PresentBlock {
    AddressRange range;
    std::optional<Instant> ends_at;  // nullopt: never
};

enum class Fault { missing, narrowed, ends_wrong, foreign };

struct Difference {
    Fault fault;
    AddressRange range;  // of the wanted block; of the present one, if it is foreign
    std::string text;    // one line: "block 42, 203.0.113.0/24: missing"
};

// Ends that are nearer to each other count as one: a tool counts in its own clock.
constexpr Seconds end_tolerance{30};

// `wanted` is disjoint. A present block that is none of them is foreign, unless it ends by itself
// within the tolerance. `longest` is the longest time a tool can count: a block that runs longer
// ends too early in it, and is right until half of that time is left.
std::vector<Difference> differences(const std::vector<ActiveBlock>& wanted,
                                    const std::vector<PresentBlock>& present, Instant now,
                                    std::optional<Seconds> longest = std::nullopt);

// Their texts.
std::vector<std::string> lines(const std::vector<Difference>& differences);

}  // namespace ndr
