// casework/refusal.hpp -- a block never hurts its owner: why a range must not be blocked.
//
// Pure. Asked when a block is decided and again when it is carried out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/casework/policy.hpp"
#include "ndr_triage/network/address.hpp"

namespace ndr {

struct Refusal {
    enum class Kind {
        held,     // a person may allow it
        refused,  // nobody may
    };

    Kind kind = Kind::refused;
    std::string reason;  // "it contains 192.0.2.1/32, the gateway of eth0"
};

// The first reason that refuses the range, else the first that holds it; nullopt: it may be
// blocked. Refused is what contains or lies in a prefix of the surroundings or of special-use space
// (documentation space may be allowed, for demonstrations), and what is wider than a /12 (IPv6: a
// /20). Held is what is wider than a /16 (IPv6: a /29), and what exceeds the blocks of a day:
// `new_blocks` is how many other networks were blocked within one. A block around what must stay
// open is refused by the surroundings only where nothing of it is left.
std::optional<Refusal> refusal_of(const Block& block, const Policy& policy,
                                  std::int64_t new_blocks);

// True if it is refused, but would not be around what must stay open.
bool helps_around(const Block& block, const Policy& policy);

// What a block covers, in order; of one around what must stay open, what is left of it.
std::vector<Prefix> prefixes_of(const Block& block, const Surroundings& surroundings);

}  // namespace ndr
