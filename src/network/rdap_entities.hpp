// network/rdap_entities.hpp -- the people and roles of an RDAP object: entities (RFC 9083 section
// 5.1) with their jCards (RFC 7095).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ndr_triage/network/contact.hpp"

namespace ndr {

using Json = nlohmann::json;

// A stranger's JSON: what is missing or of another type is "" or null.
std::string word_in(const Json& object, const char* key);
const Json* list_in(const Json& object, const char* key);

struct RdapEntities {
    std::vector<NetworkContact> contacts;         // those nearest to the object first
    std::string registrant;                       // its name, "" unknown
    std::string registrant_country;               // of its address
    std::string registrant_region;                // of that, "VA"
    std::vector<std::string> registrant_handles;  // at RIPE NCC the maintainers
};
// Entities stand within entities (ARIN's abuse contact in the registrant): all are looked at.
RdapEntities entities_of(const Json& object);

}  // namespace ndr
