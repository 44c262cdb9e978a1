// network/contact.hpp -- whom a registry names for a network.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/base/clock.hpp"

namespace ndr {

struct Network;

// The roles of RFC 9083 section 10.2.4 that are somebody to turn to.
enum class ContactRole { abuse, technical, administrative, noc, registrant };

struct NetworkContact {
    ContactRole role = ContactRole::abuse;
    std::string address;    // as comparable_address gives it, "" a telephone only
    std::string telephone;  // "" unknown
    std::string name;
    std::optional<Instant> validated_at;  // when the registry last found the address to work

    bool operator==(const NetworkContact&) const = default;
};

// Told to a person on the telephone, in place of what the registry publishes.
struct ToldContact {
    std::string address;
    std::string by;  // login name of who called
    Instant at{};

    bool operator==(const ToldContact&) const = default;
};

std::string_view text(ContactRole role);  // "abuse"
std::optional<ContactRole> contact_role_of(std::string_view text);

// Gives the network these contacts: abuse first, otherwise in their order, each once, at most 50;
// and its telephone: that of an abuse contact, else of a technical one or the NOC. Registries'
// roles, placeholders and what is no plain address go, a telephone beside them stays.
void set_contacts(Network& network, std::vector<NetworkContact> contacts);

// The addresses that the registry has for complaints: those of abuse contacts; only where there is
// none at all, those of technical contacts and the NOC. Never a placeholder or a registry's; each
// once.
std::vector<std::string> published_contacts(const Network& network);
// The addresses to complain to: the one that a person was told of, in place of those that were
// published until then; else those.
std::vector<std::string> complaint_contacts(const Network& network);

// A telephone number in whatever form: "tel:+61-2-5550-0100", "+55 11 5550 0100 [1234]". "" if it
// is none: fewer than five digits, or words.
std::string telephone_of(std::string_view text);

}  // namespace ndr
