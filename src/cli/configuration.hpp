// cli/configuration.hpp -- what a site decided, from one INI file.
//
// Keys, one a line as "key = value"; those of a [section] are "section.key". A line that begins
// with '#' is a comment; a '#' inside a value is an error, for half of those who write one mean a
// comment and the other half a value. An unknown key is an error. Each error names file and line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/action/block/back_ends.hpp"
#include "ndr_triage/action/complaining.hpp"
#include "ndr_triage/action/lookup.hpp"
#include "ndr_triage/action/mail_hosts.hpp"
#include "ndr_triage/action/surroundings.hpp"
#include "ndr_triage/casework/policy.hpp"
#include "ndr_triage/mail/raw_message.hpp"
#include "ndr_triage/network/address.hpp"

namespace ndr {

struct Configuration {
    std::string file;                        // read from, "" for defaults alone
    std::string ledger;                      // path
    std::string hold;                        // Maildir; beside the ledger unless configured
    std::vector<std::string> retry_folders;  // Maildirs that `act` empties into hold
    std::string rules_dir;                   // *.rules of the site; need not exist
    std::vector<std::string> addresses;      // where replies arrive: ours, hence nobody's contact
    ComplaintDesk desk;                      // all but its address
    std::string letter_template;             // path, "" the program's
    std::string registries;                  // path of the site's own records, "" none
    std::string reports;  // directory of drafts; beside the ledger unless configured
    std::size_t complaint_lines = 50;
    SizeLimits sizes;
    SurroundingsSources surroundings;  // where to read what is never blocked
    LookupSettings lookup;             // the program beside ours, its cache beside the ledger
    Seconds network_age = std::chrono::days(30);  // older facts of open cases are asked for again
    Policy policy = Policy::standard();
    std::string answers;                        // address, or path of a Maildir; "" nobody reads
    std::string notify;                         // address; "" nobody is told
    bool reports_by_mail = false;               // where the registry takes mail
    Cell enforced;                              // kinds that `act` carries out
    MailHostSettings mail_hosts;                // its program is that of `lookup`
    BackEndSettings back_ends;                  // the record of its commands beside the ledger
    std::string keys;                           // path of the key file
    std::vector<Address> own_mta;               // clients whose mail was written here
    Seconds token_age = std::chrono::days(60);  // a token is good so long
    Seconds keep = std::chrono::days(90);       // octets of replies, at least a day

    // With its address, "" where none is configured.
    ComplaintDesk complaint_desk() const {
        ComplaintDesk whole = desk;
        if (!addresses.empty()) whole.address = addresses.front();
        return whole;
    }
};

// Whether `act` carries such follow-ups out.
inline bool enforces(const Configuration& configuration, FollowUpKind kind) {
    return configuration.enforced.count(kind) > 0;
}

struct ConfigKey {
    std::string key;
    std::string help;
    std::string value;  // in force
};

// The configuration in force, in the order of ndr-triage(1): `file` if given (--config), else
// NDR_TRIAGE_CONFIG, else the user's place, else /etc. Throws ConfigError; IoError for a file that
// was named and cannot be read.
Configuration load_configuration(const std::string& file);

// The defaults alone, for when the file cannot be read.
Configuration default_configuration();

// All keys with their value, in the order of the manual.
std::vector<ConfigKey> keys_of(const Configuration& configuration);

}  // namespace ndr
