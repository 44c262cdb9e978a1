// network/network.hpp -- the registered object that holds an address.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/network/address.hpp"
#include "ndr_triage/network/contact.hpp"
#include "ndr_triage/network/registry.hpp"

namespace ndr {

// Whose word a fact about a network is, the best first.
enum class Authority {
    registry,   // looked up at the registry by us
    imported,   // a file that somebody imported: RDAP or whois text
    delegated,  // the registries' delegated-extended statistics
    guess,      // the built-in IANA table for the registry, /24 or /48 for the range
};

std::string_view text(Authority authority);
std::optional<Authority> authority_of(std::string_view text);

struct Network {
    AddressRange range;
    std::optional<Rir> registry;
    std::string country;  // ISO 3166-1 alpha-2, "" unknown
    std::string name;     // netname
    std::string handle;
    std::string organisation;              // that holds it, "" unknown
    std::string region;                    // where that is: ISO 3166-2 without the country, "VA"
    std::string telephone;                 // of a contact, "" unknown
    std::vector<NetworkContact> contacts;  // in the registry's order, abuse first
    // When the published addresses became others than they were; never when first learnt.
    std::optional<Instant> contacts_changed_at;
    std::optional<ToldContact> told_contact;  // until the published ones change
    Authority authority = Authority::guess;
    std::string source;  // where it was learnt: a URL, a file, "IANA table"
    Instant dated{};

    bool is_guess() const { return authority == Authority::guess; }
};

// The source as letters and reports to others name it: the registry's URL, or whose data a file has
// ("a copy of APNIC's data"). What a file of ours is called, and where it lies, is nobody's concern
// and proves nothing.
std::string public_source(const Network& network);

// What can be said of an address without asking anybody: its /24 or /48, and the registry that
// IANA's table names (none for special-use space).
Network guessed_network(const Address& address, Instant now);

}  // namespace ndr
