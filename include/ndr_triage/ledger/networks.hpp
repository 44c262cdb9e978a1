// ledger/networks.hpp -- networks, and the prefixes that find them.
//
// To be called within Ledger::read or Ledger::write.
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

// The most specific network that is more than a guess and holds the address; a guess only where
// there is none. Predecessor and common-prefix jump: at most one seek more than networks are
// nested, 10 microseconds among a million networks.
std::optional<std::int64_t> network_holding(Ledger& ledger, const Address& address);
// The same, with all that is known of it but the counts.
std::optional<NetworkRow> find_network(Ledger& ledger, const Address& address);

// The smallest network that is more than a guess, holds the whole range, and is larger.
std::optional<std::int64_t> network_around(Ledger& ledger, const AddressRange& range);

struct PutNetwork {
    std::int64_t id = 0;
    bool has_changed = false;  // new, or something else is known of it than before
};
// The network of that range; a fact of better authority, or as good and newer, replaces what is
// known, the list of contacts as a whole. Delegated statistics and guesses know of no contacts.
// Of two networks whose covers have a prefix in common the smaller one is found by it.
PutNetwork put_network(Ledger& ledger, const Network& network);
// The registry answers for the address with `range`: smaller networks that hold the address and
// that it named earlier are not found any more. What a person imported stays.
void withdraw_smaller(Ledger& ledger, const Address& address, const AddressRange& range);

Network get_network(Ledger& ledger, std::int64_t id);
// With the counts; an id of 0 if there is none.
NetworkRow network_row(Ledger& ledger, std::int64_t id);
// By first address. Delegated ones that no complaint is about are left out unless `all`.
std::vector<NetworkRow> list_networks(Ledger& ledger, bool all = false);

// Addresses complained of whose network should be asked for: those of open cases (sent after
// `since`, or with open follow-ups) known by guess or statistics only, or older than `stale`;
// guesses first, each address once.
std::vector<Address> addresses_to_look_up(Ledger& ledger, Instant since, Instant stale);

}  // namespace ndr
