#include "ndr_triage/network/contact.hpp"

#include <algorithm>
#include <array>

#include "ndr_triage/base/named.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/network/mail_domains.hpp"
#include "ndr_triage/network/network.hpp"

namespace ndr {

namespace {

constexpr std::array roles = std::to_array<Named<ContactRole>>({
    {ContactRole::abuse, "abuse"},
    {ContactRole::technical, "technical"},
    {ContactRole::administrative, "administrative"},
    {ContactRole::noc, "noc"},
    {ContactRole::registrant, "registrant"},
});

constexpr std::size_t most_contacts = 50;
constexpr std::size_t longest_name = 100;
constexpr std::size_t longest_telephone = 40;

bool may_be_mailed(const std::string& address) {
    return is_plain_address(address) && !is_placeholder(address) &&
           !is_registry_domain(domain_of(address));
}

bool is_second_choice(ContactRole role) {
    return role == ContactRole::technical || role == ContactRole::noc;
}

// The first number that a contact of such a role has.
template <typename Wanted>
std::string telephone_in(const std::vector<NetworkContact>& contacts, Wanted is_wanted) {
    for (const auto& contact : contacts) {
        if (is_wanted(contact.role) && !contact.telephone.empty()) return contact.telephone;
    }
    return {};
}

template <typename Wanted>
std::vector<std::string> addresses_in(const Network& network, Wanted is_wanted) {
    std::vector<std::string> addresses;
    for (const auto& contact : network.contacts) {
        const bool is_new =
            std::find(addresses.begin(), addresses.end(), contact.address) == addresses.end();
        if (is_wanted(contact.role) && is_new && may_be_mailed(contact.address))
            addresses.push_back(contact.address);
    }
    return addresses;
}

bool is_abuse(ContactRole role) {
    return role == ContactRole::abuse;
}

}  // namespace

std::string_view text(ContactRole role) {
    return name_in(roles, role);
}

std::optional<ContactRole> contact_role_of(std::string_view text) {
    return value_in(roles, text);
}

void set_contacts(Network& network, std::vector<NetworkContact> contacts) {
    std::stable_partition(contacts.begin(), contacts.end(),
                          [](const NetworkContact& contact) { return is_abuse(contact.role); });
    network.contacts.clear();
    for (auto& contact : contacts) {
        contact.address = comparable_address(trimmed(contact.address));
        if (!may_be_mailed(contact.address)) contact.address.clear();
        contact.telephone = telephone_of(contact.telephone);
        contact.name = cut(contact.name, longest_name);
        const bool is_known = std::any_of(
            network.contacts.begin(), network.contacts.end(), [&](const NetworkContact& known) {
                return known.role == contact.role && known.address == contact.address &&
                       (!known.address.empty() || known.telephone == contact.telephone);
            });
        const bool says_something = !contact.address.empty() || !contact.telephone.empty();
        if (says_something && !is_known && network.contacts.size() < most_contacts)
            network.contacts.push_back(std::move(contact));
    }
    network.telephone = telephone_in(network.contacts, is_abuse);
    if (network.telephone.empty())
        network.telephone = telephone_in(network.contacts, is_second_choice);
}

std::vector<std::string> published_contacts(const Network& network) {
    auto addresses = addresses_in(network, is_abuse);
    if (addresses.empty()) addresses = addresses_in(network, is_second_choice);
    return addresses;
}

std::vector<std::string> complaint_contacts(const Network& network) {
    const auto& told = network.told_contact;
    const auto& changed = network.contacts_changed_at;
    const bool is_outdated = told && changed && *changed > told->at;
    if (!told || is_outdated) return published_contacts(network);
    return {told->address};
}

std::string telephone_of(std::string_view text) {
    text = trimmed(text);
    if (ascii_istarts_with(text, "tel:")) text.remove_prefix(4);
    text = trimmed(text.substr(0, text.find('[')));  // LACNIC: an extension, often empty
    const auto digits =
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool is_number =
        digits >= 5 && text.size() <= longest_telephone &&
        text.find_first_not_of("0123456789+()-./;= extEXT") == std::string_view::npos;
    return is_number ? std::string(text) : std::string();
}

}  // namespace ndr
