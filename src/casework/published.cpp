#include "published.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace ndr {

namespace {

constexpr const char* none_published = "the registry publishes no contact for the network";

}  // namespace

std::string doubt_of_block(const Network& network, const std::vector<ContactStanding>& contacts) {
    const auto wanted = complaint_contacts(network);
    if (wanted.empty()) return network.authority == Authority::registry ? none_published : "";
    const auto missed = std::find_if(wanted.begin(), wanted.end(), [&](const std::string& address) {
        return std::none_of(contacts.begin(), contacts.end(),
                            [&](const ContactStanding& c) { return c.contact == address; });
    });
    if (missed == wanted.end()) return {};
    const bool is_told = network.told_contact && network.told_contact->address == *missed;
    return fmt::format(
        "{}, {}, was never written to", *missed,
        is_told ? "which replaces the published contacts" : "which the registry publishes today");
}

std::string doubt_of_report(const Network& network, const std::string& contact) {
    bool has_address = false;
    for (const auto& published : network.contacts) {
        if (published.address == contact) return {};
        has_address = has_address || !published.address.empty();
    }
    if (has_address)
        return fmt::format("the registry does not publish {} for the network today", contact);
    return network.authority == Authority::registry ? none_published : "";
}

}  // namespace ndr
