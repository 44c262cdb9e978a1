// casework/surroundings.hpp -- what must never be blocked, because this site lives on it.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/network/address.hpp"

namespace ndr {

struct ProtectedPrefix {
    Prefix prefix;
    std::string name;  // what it is: "the gateway of eth0", "allow-listed (office)"

    bool operator==(const ProtectedPrefix&) const = default;
};

// This host's addresses, connected routes, gateways, resolvers, relay, the MX of our domains, from
// where people are logged in, and the allow list. Who reads it from the host is
// action/surroundings.hpp.
struct Surroundings {
    std::vector<ProtectedPrefix> prefixes;
};

}  // namespace ndr
