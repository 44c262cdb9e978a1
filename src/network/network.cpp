#include "ndr_triage/network/network.hpp"

#include "ndr_triage/base/named.hpp"

namespace ndr {

namespace {

constexpr std::array authorities = std::to_array<Named<Authority>>({
    {Authority::registry, "registry"},
    {Authority::imported, "imported"},
    {Authority::delegated, "delegated"},
    {Authority::guess, "guess"},
});

constexpr int guessed_ipv4_length = 96 + 24;
constexpr int guessed_ipv6_length = 48;

}  // namespace

std::string_view text(Authority authority) {
    return name_in(authorities, authority);
}

std::optional<Authority> authority_of(std::string_view text) {
    return value_in(authorities, text);
}

std::string public_source(const Network& network) {
    const std::string whose =
        network.registry ? std::string(display_name(*network.registry)) : "a registry";
    switch (network.authority) {
        case Authority::imported:
            return "a copy of " + whose + "'s data";
        case Authority::delegated:
            return "a copy of " + whose + "'s statistics";
        case Authority::registry:
        case Authority::guess:
            break;
    }
    return network.source;
}

Network guessed_network(const Address& address, Instant now) {
    const auto entry = iana_entry(address);
    const int length = address.is_ipv4() ? guessed_ipv4_length : guessed_ipv6_length;
    Network network;
    network.range = AddressRange::of(Prefix(address, length));
    if (entry) network.registry = entry->registry;
    network.authority = Authority::guess;
    network.source = "IANA table";
    network.dated = now;
    return network;
}

}  // namespace ndr
