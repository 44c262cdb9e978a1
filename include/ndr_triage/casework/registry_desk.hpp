// casework/registry_desk.hpp -- where a registry takes reports of contacts that do not work, what
// its form asks, and how much of it.
//
// Data: src/casework/registries.table, and a site's own file whose records replace those of the
// same id. A record is a paragraph of lines KEYWORD VALUE:
//
//   registry  ID                  begins it: a regional registry ("ripe-ncc") or a national one
//   name      TEXT                for people
//   national  RIR COUNTRY MARK... of a national one: words that stand in the `source:`, `mnt-by:`
//   or
//                                 `mnt-irt:` of its data, domains of its servers
//   url       URL                 of the form, or of the page that tells the way
//   mail      ADDRESS             where it takes mail
//   subject   TEXT                of that mail
//   checked   DATE                when somebody last looked whether this is so; without it: never
//   as        ID                  first, subject and fields are those of an earlier record
//   first     TEXT                what is to be done, or known, before
//   field     NAME                of the form, in its order; a mail has all of them
//   limit     COUNT               characters that the field takes
//   | TEXT                        a line of the field
//
// TEXT may have names in braces (report_names); a line with a name that has no value is left out.
// '#' begins a comment line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/network/network.hpp"

namespace ndr {

struct DeskField {
    std::string name;
    std::size_t limit = 0;  // characters, 0 none
    std::vector<std::string> lines;
};

struct RegistryDesk {
    std::string id;
    std::string name;
    std::optional<Rir> national_of;  // nullopt: a regional registry
    std::string country;             // of a national one
    std::vector<std::string> marks;  // lower case
    std::string url;                 // "" none
    std::string mail;                // "" it takes no mail
    std::string subject;
    std::optional<Instant> checked_at;
    std::vector<std::string> first;
    std::vector<DeskField> fields;
};

class RegistryDesks {
public:
    // The program's table.
    static RegistryDesks standard();

    // Throws ConfigError naming `name` and the line.
    void add(std::string_view table, const std::string& name);

    const std::vector<RegistryDesk>& all() const { return desks_; }
    const RegistryDesk* find(std::string_view id) const;
    // Who holds the data of the network: the national registry that its `source:`, maintainers or
    // the server that answered name, else the regional one; nullptr if none is known. The country
    // alone does not make it a national one's.
    const RegistryDesk* holder_of(const Network& network) const;
    // The national registry of the network's country, below its regional one; nullptr if none.
    const RegistryDesk* national_of_country(const Network& network) const;

private:
    std::vector<RegistryDesk> desks_;
};

// The names in braces that the words of a report may have: {network}, {contact}, ...
const std::vector<std::string>& report_names();

}  // namespace ndr
