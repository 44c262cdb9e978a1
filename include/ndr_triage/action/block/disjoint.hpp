// action/block/disjoint.hpp -- blocks that overlap, as prefixes that do not.
//
// Firewalls refuse overlapping prefixes, or merge them and keep one of their ends. Pure.
#pragma once

#include <vector>

#include "ndr_triage/action/block/back_end.hpp"

namespace ndr {

// Prefixes, in order and none overlapping another, that at every instant from `now` on cover
// exactly the addresses of the blocks that still run. An inner block that ends later than the one
// around it is kept, and the outer one split around it; one that does not end later vanishes in
// the outer one. Each prefix has the id of the block that it is of. IPv4 and IPv6 are two spaces
// here: ::/0 does not cover IPv4.
std::vector<ActiveBlock> disjoint(std::vector<ActiveBlock> blocks, Instant now);

}  // namespace ndr
