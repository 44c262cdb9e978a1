// The national registries that write neither RPSL nor ARIN's text: KRNIC (Korean, then English) and
// JPNIC (bracketed names, English with "/e" behind the question, else Japanese).
#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "ndr_triage/base/text.hpp"
#include "registry_text.hpp"

namespace ndr {

namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// "192.0.2.0 - 192.0.2.255 (/24)", "192.0.2.0-192.0.2.255", "192.0.2.0/24". An address alone says
// nothing of its network.
std::optional<AddressRange> range_of(std::string_view text) {
    text = text.substr(0, text.find('('));
    if (text.find_first_of("-/") == std::string_view::npos) return std::nullopt;
    return AddressRange::parse(trimmed(text));
}

void add(RegistryAnswer& answer, const std::string& written, Network network,
         std::vector<NetworkContact> contacts, std::string_view country) {
    const auto range = range_of(written);
    if (!range) {
        note_fault(answer, fmt::format("'{}' is no range of addresses", printable(written, 80)));
        return;
    }
    network.range = *range;
    network.registry = Rir::apnic;
    network.country = country;
    // The Korean and the English half say the same of one network.
    const auto same = std::find_if(answer.networks.begin(), answer.networks.end(),
                                   [&](const Network& known) { return known.range == *range; });
    if (same != answer.networks.end()) {
        auto all = same->contacts;
        all.insert(all.end(), contacts.begin(), contacts.end());
        if (!network.name.empty()) same->name = network.name;
        set_contacts(*same, std::move(all));
        return;
    }
    set_contacts(network, std::move(contacts));
    add_network(answer, std::move(network));
}

class Krnic {
public:
    void read(const std::vector<RegistryObject>& objects, RegistryAnswer& answer) {
        for (const auto& object : objects) {
            for (const auto& attribute : object.attributes)
                take(attribute, answer);
        }
        finish(answer);
    }

private:
    void take(const Attribute& attribute, RegistryAnswer& answer) {
        const auto& [name, value] = attribute;
        if (name == "heading") {
            role_ = role_under(ascii_lower(value));
            contact_open_ = false;
        } else if (is_one_of(name, {"ipv4 address", "ipv6 address", "ipv4주소", "ipv6주소"})) {
            finish(answer);
            written_ = value;
        } else if (is_one_of(name, {"service name", "서비스명", "network name"})) {
            network_.name = value;
        } else if (is_one_of(name, {"organization name", "기관명"})) {
            if (network_.name.empty()) network_.name = value;
        } else if (is_one_of(name, {"name", "이름"})) {
            contact().name = value;
        } else if (is_one_of(name, {"phone", "전화번호"})) {
            contact().telephone = value;
        } else if (is_one_of(name, {"e-mail", "전자우편"})) {
            contact().address = value;
        }
    }

    static ContactRole role_under(std::string_view heading) {
        if (heading.find("abuse") != std::string_view::npos) return ContactRole::abuse;
        if (heading.find("admin") != std::string_view::npos) return ContactRole::administrative;
        return ContactRole::technical;
    }

    NetworkContact& contact() {
        if (!contact_open_) contacts_.push_back({role_, {}, {}, {}, {}});
        contact_open_ = true;
        return contacts_.back();
    }

    void finish(RegistryAnswer& answer) {
        if (!written_.empty()) add(answer, written_, network_, contacts_, "KR");
        written_.clear();
        network_ = {};
        contacts_.clear();
        contact_open_ = false;
    }

    std::string written_;
    Network network_;
    std::vector<NetworkContact> contacts_;
    ContactRole role_ = ContactRole::technical;
    bool contact_open_ = false;
};

}  // namespace

void read_krnic(const std::vector<RegistryObject>& objects, RegistryAnswer& answer) {
    Krnic().read(objects, answer);
}

void read_jpnic(const std::vector<RegistryObject>& objects, RegistryAnswer& answer) {
    Network network;
    std::string written;
    std::vector<NetworkContact> contacts;
    const auto finish = [&] {
        if (!written.empty()) add(answer, written, network, contacts, "JP");
        written.clear();
        contacts.clear();
        network = {};
    };
    for (const auto& object : objects) {
        for (const auto& [name, value] : object.attributes) {
            if (is_one_of(name, {"network number", "ipネットワークアドレス"})) {
                finish();
                written = value;
            } else if (is_one_of(name, {"network name", "ネットワーク名"})) {
                network.name = value;
            } else if (name == "abuse") {
                contacts.push_back({ContactRole::abuse, value, {}, {}, {}});
            }
        }
    }
    finish();
}

}  // namespace ndr
