// RPSL (RFC 2622) as RIPE NCC, APNIC and AFRINIC write it, and LACNIC's likeness of it.
#include <fmt/core.h>

#include "ndr_triage/base/text.hpp"
#include "registry_text.hpp"

namespace ndr {

namespace {

// LACNIC writes "200.160/12": the missing octets are 0.
std::optional<AddressRange> range_of(std::string_view text) {
    const auto slash = text.find('/');
    const bool is_short =
        slash != std::string_view::npos && text.find_first_of(":-") == std::string_view::npos;
    if (!is_short) return AddressRange::parse(text);
    std::string address(trimmed(text.substr(0, slash)));
    for (auto octets = split(address, '.').size(); octets < 4; ++octets)
        address += ".0";
    return AddressRange::parse(address + std::string(trimmed(text.substr(slash))));
}

std::string_view between_quotes(std::string_view& line) {
    const auto open = line.find('\'');
    if (open == std::string_view::npos) return {};
    const auto close = line.find('\'', open + 1);
    if (close == std::string_view::npos) return {};
    const auto found = line.substr(open + 1, close - open - 1);
    line.remove_prefix(close + 1);
    return found;
}

class Reader {
public:
    Reader(const std::vector<RegistryObject>& objects, std::string_view text)
        : objects_(objects), text_(text) {}

    void read(RegistryAnswer& answer) const {
        for (const auto& object : objects_) {
            if (object.first_name() != "inetnum" && object.first_name() != "inet6num") continue;
            const std::string written = object.attributes.front().value;
            const auto range = range_of(written);
            if (range) {
                add_network(answer, network_of(object, *range), object.values("mnt-by"));
            } else {
                note_fault(answer,
                           fmt::format("the inetnum '{}' is no range", printable(written, 80)));
            }
        }
    }

private:
    Network network_of(const RegistryObject& object, const AddressRange& range) const {
        Network network;
        network.range = range;
        network.name = object.value("netname");
        if (network.name.empty()) network.name = object.value("owner");
        network.organisation = organisation_of(object);
        network.handle = object.value("inetnum");
        if (network.handle.empty()) network.handle = object.value("inet6num");
        network.country = country_of(object.value("country"));
        network.registry = registry_named(object.value("source"));
        if (!object.value("ownerid").empty()) network.registry = Rir::lacnic;
        if (ascii_iequals(object.value("source"), "IANA")) network.name = "IANA-BLK";
        auto contacts = contacts_of(object, range);
        for (const auto& any : objects_) {
            for (const auto& remark : any.values("remarks"))
                note_validation(remark, contacts);
        }
        set_contacts(network, std::move(contacts));
        return network;
    }

    // LACNIC's owner; the name of the organisation's object, where the answer has it.
    std::string organisation_of(const RegistryObject& object) const {
        for (const auto& handle : object.values("org")) {
            if (const auto* holder = find("organisation", handle)) return holder->value("org-name");
        }
        return object.value("owner");
    }

    std::vector<NetworkContact> contacts_of(const RegistryObject& object,
                                            const AddressRange& range) const {
        std::vector<NetworkContact> contacts;
        add_named(object, "abuse-c", ContactRole::abuse, contacts);
        for (const auto& handle : object.values("org")) {
            if (const auto* holder = find("organisation", handle))
                add_named(*holder, "abuse-c", ContactRole::abuse, contacts);
        }
        for (const auto& handle : object.values("mnt-irt")) {
            if (const auto* irt = find("irt", handle)) add(*irt, ContactRole::abuse, contacts);
        }
        add_banner(range, contacts);
        if (contacts.empty()) {  // AFRINIC's: the technical contact says where abuse goes
            for (const auto* attribute : {"tech-c", "admin-c"})
                add_abuse_mailboxes(object, attribute, contacts);
        }
        add_named(object, "tech-c", ContactRole::technical, contacts);
        add_named(object, "admin-c", ContactRole::administrative, contacts);
        add_named(object, "owner-c", ContactRole::registrant, contacts);
        return contacts;
    }

    const RegistryObject* find(std::string_view key, std::string_view handle) const {
        if (handle.empty()) return nullptr;
        for (const auto& object : objects_) {
            if (ascii_iequals(object.value(key), handle)) return &object;
        }
        return nullptr;
    }

    void add_named(const RegistryObject& object, std::string_view attribute, ContactRole role,
                   std::vector<NetworkContact>& contacts) const {
        for (const auto& handle : object.values(attribute)) {
            if (const auto* named = find("nic-hdl", handle)) add(*named, role, contacts);
        }
    }

    void add_abuse_mailboxes(const RegistryObject& object, std::string_view attribute,
                             std::vector<NetworkContact>& contacts) const {
        for (const auto& handle : object.values(attribute)) {
            const auto* named = find("nic-hdl", handle);
            if (named != nullptr && !named->value("abuse-mailbox").empty())
                add(*named, ContactRole::abuse, contacts);
        }
    }

    static void add(const RegistryObject& object, ContactRole role,
                    std::vector<NetworkContact>& contacts) {
        NetworkContact contact;
        contact.role = role;
        if (role == ContactRole::abuse) contact.address = object.value("abuse-mailbox");
        if (contact.address.empty()) contact.address = object.value("e-mail");
        contact.telephone = object.value("phone");
        contact.name = object.attributes.front().value;
        if (const auto person = object.value("person"); !person.empty()) contact.name = person;
        contacts.push_back(std::move(contact));
    }

    // "% Abuse contact for '192.0.2.0 - 192.0.2.255' is 'abuse@example.net'"
    void add_banner(const AddressRange& range, std::vector<NetworkContact>& contacts) const {
        for (auto line : split_lines(text_)) {
            if (!line.starts_with("% Abuse contact for ")) continue;
            const auto about = AddressRange::parse(between_quotes(line));
            const auto address = between_quotes(line);
            if (about && *about == range && !address.empty())
                contacts.push_back({ContactRole::abuse, std::string(address), {}, {}, {}});
        }
    }

    const std::vector<RegistryObject>& objects_;
    std::string_view text_;
};

}  // namespace

void read_rpsl(const std::vector<RegistryObject>& objects, std::string_view text,
               RegistryAnswer& answer) {
    Reader(objects, text).read(answer);
}

}  // namespace ndr
