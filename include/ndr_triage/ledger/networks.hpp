// ledger/networks.hpp -- networks and the prefixes that find them.
#pragma once

#include <optional>
#include <vector>

#include "ndr_triage/ledger/ledger.hpp"
#include "ndr_triage/network/network.hpp"

namespace ndr {

struct NetworkRow {
    std::int64_t id = 0;
    Network network;
    std::int64_t complaints = 0;
    std::int64_t open_follow_ups = 0;
};

// The most specific network that holds the address: predecessor and common-prefix jump, at most one
// seek more than networks are nested.
std::optional<NetworkRow> find_network(Ledger& ledger, const Address& address);
// The network of that range; a fact of better authority, or as good and newer, replaces what is
// known.
std::int64_t put_network(Ledger& ledger, const Network& network);
Network get_network(Ledger& ledger, std::int64_t id);
// By first address.
std::vector<NetworkRow> list_networks(Ledger& ledger);

}  // namespace ndr
