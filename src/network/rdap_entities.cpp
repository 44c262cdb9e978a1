#include "rdap_entities.hpp"

#include <algorithm>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/network/time_zones.hpp"
#include "registry_text.hpp"

namespace ndr {

namespace {

constexpr std::size_t most_entities = 200;

// One property of a jCard: [name, parameters, type, value].
struct Property {
    std::string name;
    const Json& parameters;
    const Json& value;
};

std::vector<Property> properties_of(const Json& entity) {
    std::vector<Property> properties;
    const Json* card = list_in(entity, "vcardArray");
    if (card == nullptr || card->size() < 2 || !(*card)[1].is_array()) return properties;
    for (const auto& property : (*card)[1]) {
        if (!property.is_array() || property.size() < 4 || !property[0].is_string()) continue;
        properties.push_back(
            {ascii_lower(property[0].get_ref<const std::string&>()), property[1], property[3]});
    }
    return properties;
}

// A parameter is a text or a list of texts: "type": "voice", "type": ["work", "voice"].
bool has_parameter(const Property& property, const char* name, std::string_view wanted) {
    if (!property.parameters.is_object()) return false;
    const auto found = property.parameters.find(name);
    if (found == property.parameters.end()) return false;
    const auto is_wanted = [&](const Json& value) {
        return value.is_string() && ascii_iequals(value.get_ref<const std::string&>(), wanted);
    };
    return is_wanted(*found) ||
           (found->is_array() && std::any_of(found->begin(), found->end(), is_wanted));
}

std::string text_of(const Property& property) {
    return property.value.is_string() ? property.value.get<std::string>() : std::string();
}

// Of an address: the country, last of its seven parts, or the last line of its label.
std::string country_in(const Property& address) {
    std::string country = country_of(word_in(address.parameters, "cc"));
    if (country.empty() && address.value.is_array() && address.value.size() >= 7 &&
        address.value[6].is_string())
        country = country_of(address.value[6].get<std::string>());
    if (country.empty()) {
        const std::string label = word_in(address.parameters, "label");
        const auto end = label.find_last_not_of(" \r\n");
        const auto line = label.rfind('\n', end);
        country = country_of(std::string_view(label).substr(line + 1));
    }
    return country;
}

// Of an address: the fifth of its seven parts (RFC 6350 section 6.3.1), or the line of its label
// that is a region of the country.
std::string region_in(const Property& address, const std::string& country) {
    if (address.value.is_array() && address.value.size() >= 7 && address.value[4].is_string()) {
        std::string region = region_of(country, address.value[4].get<std::string>());
        if (!region.empty()) return region;
    }
    const std::string label = word_in(address.parameters, "label");
    const auto lines = split_lines(label);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        std::string region = region_of(country, *line);
        if (!region.empty()) return region;
    }
    return {};
}

// What one card says, whatever its role.
struct Card {
    std::vector<Property> addresses;  // mail
    std::string telephone;
    std::string name;
    std::string country;
    std::string region;
};

Card card_of(const Json& entity) {
    Card card;
    for (const auto& property : properties_of(entity)) {
        if (property.name == "email") card.addresses.push_back(property);
        if (property.name == "fn") card.name = text_of(property);
        if (property.name == "adr" && card.country.empty()) {
            card.country = country_in(property);
            card.region = region_in(property, card.country);
        }
        if (property.name == "tel" && card.telephone.empty() &&
            !has_parameter(property, "type", "fax"))
            card.telephone = text_of(property);
    }
    return card;
}

// APNIC's incident response teams have two addresses, and the preferred one is for abuse; RIPE NCC
// marks it by type.
std::vector<std::string> abuse_addresses(const Card& card) {
    std::vector<std::string> marked;
    std::vector<std::string> all;
    for (const auto& property : card.addresses) {
        all.push_back(text_of(property));
        const bool is_marked =
            has_parameter(property, "pref", "1") || has_parameter(property, "type", "abuse");
        if (is_marked) marked.push_back(all.back());
    }
    return marked.empty() ? all : marked;
}

std::vector<std::string> addresses_for(ContactRole role, const Card& card) {
    if (role == ContactRole::abuse) return abuse_addresses(card);
    std::vector<std::string> all;
    for (const auto& property : card.addresses)
        all.push_back(text_of(property));
    return all;
}

void note_validations(const Json& entity, std::vector<NetworkContact>& contacts) {
    const Json* remarks = list_in(entity, "remarks");
    if (remarks == nullptr) return;
    for (const auto& remark : *remarks) {
        const Json* lines = list_in(remark, "description");
        if (lines == nullptr) continue;
        for (const auto& line : *lines) {
            if (line.is_string()) note_validation(line.get_ref<const std::string&>(), contacts);
        }
    }
}

void add_entity(const Json& entity, RdapEntities& found) {
    const Json* roles = list_in(entity, "roles");
    if (roles == nullptr) return;
    const Card card = card_of(entity);
    for (const auto& word : *roles) {
        const auto role =
            word.is_string() ? contact_role_of(word.get_ref<const std::string&>()) : std::nullopt;
        if (!role) continue;
        if (*role == ContactRole::registrant)
            found.registrant_handles.push_back(word_in(entity, "handle"));
        if (*role == ContactRole::registrant && found.registrant_country.empty()) {
            found.registrant = card.name;
            found.registrant_country = card.country;
            found.registrant_region = card.region;
        }
        auto addresses = addresses_for(*role, card);
        if (addresses.empty()) addresses.emplace_back();
        for (auto& address : addresses)
            found.contacts.push_back({*role, std::move(address), card.telephone, card.name, {}});
    }
    note_validations(entity, found.contacts);
}

}  // namespace

std::string word_in(const Json& object, const char* key) {
    if (!object.is_object()) return {};
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const Json* list_in(const Json& object, const char* key) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? &*found : nullptr;
}

// Level by level, so that what is nearer to the network comes first.
RdapEntities entities_of(const Json& object) {
    RdapEntities found;
    std::vector<const Json*> level{&object};
    std::size_t count = 0;
    while (!level.empty()) {
        std::vector<const Json*> below;
        for (const Json* holder : level) {
            const Json* entities = list_in(*holder, "entities");
            if (entities == nullptr) continue;
            for (const auto& entity : *entities) {
                if (++count > most_entities) return found;
                add_entity(entity, found);
                below.push_back(&entity);
            }
        }
        level = std::move(below);
    }
    return found;
}

}  // namespace ndr
