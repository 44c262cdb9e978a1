#include "ndr_triage/view/network.hpp"

#include <fmt/core.h>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

std::string fact(std::string_view name, const std::string& value) {
    return value.empty() ? "" : fmt::format("  {:<18}{}\n", name, printable(value));
}

std::string contact_line(const NetworkContact& contact) {
    std::string line;
    for (const auto& part : {contact.address, contact.telephone, contact.name}) {
        if (!part.empty()) line += (line.empty() ? "" : ", ") + part;
    }
    if (contact.validated_at)
        line += fmt::format(" (validated on {})", iso_text(*contact.validated_at).substr(0, 10));
    return fact(text(contact.role), line);
}

}  // namespace

std::string network_text(const NetworkRow& row) {
    const Network& network = row.network;
    std::string text = network.range.text() + "\n";
    text += fact("name", network.name);
    text += fact("handle", network.handle);
    text += fact("organisation", network.organisation);
    text += fact("country",
                 network.country + (network.region.empty() ? "" : ", region " + network.region));
    if (network.registry) text += fact("registry", std::string(display_name(*network.registry)));
    text += fact("who says so", fmt::format("{}, {}, {}", ndr::text(network.authority),
                                            network.source, iso_text(network.dated)));
    text += fact("telephone", network.telephone);
    for (const auto& contact : network.contacts)
        text += contact_line(contact);
    if (const auto& told = network.told_contact)
        text += fact("told by telephone", fmt::format("{} (to {} on {})", told->address, told->by,
                                                      iso_text(told->at).substr(0, 10)));
    if (network.contacts_changed_at)
        text += fact("contacts changed", iso_text(*network.contacts_changed_at));
    text += fact("complaints", std::to_string(row.complaints));
    text += fact("open follow-ups", std::to_string(row.open_follow_ups));
    return text;
}

std::string network_line(const Network& network) {
    std::string line = network.range.text();
    if (!network.name.empty()) line += " " + printable(network.name, 60);
    if (!network.country.empty()) line += ", " + network.country;
    if (network.registry) line += ", " + std::string(display_name(*network.registry));
    const auto contacts = complaint_contacts(network);
    return line + ": " + (contacts.empty() ? "no contact" : printable(joined(contacts, ", ")));
}

}  // namespace ndr
