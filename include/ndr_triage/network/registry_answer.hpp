// network/registry_answer.hpp -- what a registry answers, in its own words, to networks.
//
// Text in, values out: RDAP (RFC 9083) and the whois texts of RIPE NCC, APNIC, AFRINIC, LACNIC,
// ARIN, KRNIC and JPNIC. A stranger's text never throws: it has networks, or a fault that says in
// one line why it has none. A network is whole or not there; wider than any registered one (an IPv4
// /8, an IPv6 /12), IANA's blocks and the registries' "not ours" objects are none. One without
// contacts has those of the next larger one of the same text: registries leave out in a small
// object what its parent says.
//
// The caller knows who answered when: authority, source and date of a network are its business.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/network/network.hpp"

namespace ndr {

struct RegistryAnswer {
    std::vector<Network> networks;  // in the order of the text
    std::string fault;              // one line, "" with networks
};

// Octets of an answer that are looked at; a longer one is a fault.
inline constexpr std::size_t longest_answer = 1024 * 1024;

RegistryAnswer read_rdap(std::string_view json);
RegistryAnswer read_whois(std::string_view octets);
// Either, by its first octets.
RegistryAnswer read_registry_text(std::string_view octets);

// The smallest network that holds the address.
std::optional<Network> most_specific(const std::vector<Network>& networks, const Address& address);

// The registry behind a host's name or a `source:` attribute: "rdap.apnic.net", "RIPE", "KRNIC".
std::optional<Rir> registry_named(std::string_view name);

}  // namespace ndr
