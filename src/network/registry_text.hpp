// network/registry_text.hpp -- what the readers of registries' texts share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/network/network.hpp"
#include "ndr_triage/network/registry_answer.hpp"

namespace ndr {

// "OrgAbuseEmail:  abuse@example.net" or "b. [Network Name]  EXAMPLE".
struct Attribute {
    std::string name;  // lower case
    std::string value;
};

// The attributes between two blank lines. "[ Heading ]" is an attribute named "heading".
struct RegistryObject {
    std::vector<Attribute> attributes;

    std::string_view first_name() const;
    // Of the first attribute of that name, "" if there is none.
    std::string value(std::string_view name) const;
    std::vector<std::string> values(std::string_view name) const;
};

// Objects of a text in UTF-8; comments (% and #) are no attributes.
std::vector<RegistryObject> objects_of(std::string_view text);

// "US # Country is really worldwide" to "US", "United States" to "US"; "" for anything else.
std::string country_of(std::string_view text);

// "abuse@example.net was validated on 2026-03-14" in a remark of APNIC's: sets the date of the
// contacts with that address.
void note_validation(std::string_view remark, std::vector<NetworkContact>& contacts);

// Why it cannot be a registered network, in one line, "" if it can.
std::string fault_of(const Network& network);

// Takes a network into an answer if it can be one, else notes why not. `maintainers`: the handles
// of who may change the object (mnt-by), as far as the text tells.
void add_network(RegistryAnswer& answer, Network network,
                 const std::vector<std::string>& maintainers = {});
// The object is there, but another registry has the network.
void note_elsewhere(RegistryAnswer& answer, const Network& network);
// The first fault is kept.
void note_fault(RegistryAnswer& answer, std::string fault);
// A network without contacts takes those of the next larger one; a fault beside networks is none;
// no network at all is one.
void finish(RegistryAnswer& answer);

// One reader for each style of whois; each adds what it finds, nothing if the text is another's.
void read_rpsl(const std::vector<RegistryObject>& objects, std::string_view text,
               RegistryAnswer& answer);  // RIPE NCC, APNIC, AFRINIC, LACNIC
void read_arin(const std::vector<RegistryObject>& objects, RegistryAnswer& answer);
void read_krnic(const std::vector<RegistryObject>& objects, RegistryAnswer& answer);
void read_jpnic(const std::vector<RegistryObject>& objects, RegistryAnswer& answer);

}  // namespace ndr
