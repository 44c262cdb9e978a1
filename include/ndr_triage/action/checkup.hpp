// action/checkup.hpp -- what works, what does not, and how to mend it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "ndr_triage/action/lookup.hpp"
#include "ndr_triage/action/mail_hosts.hpp"
#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/intake/hold.hpp"
#include "ndr_triage/triage/rules.hpp"

namespace ndr {

enum class Health { works, warning, broken };

struct Checked {
    Health health = Health::works;
    std::string what;    // one line
    std::string remedy;  // one line, "" where nothing is to be mended
};

// Each looks at one thing, changes nothing and throws nothing but std::bad_alloc.
Checked check_ledger_file(const std::string& path, const std::string& user);
// New messages stay there no longer than `act` takes to come by.
Checked check_hold(const Hold& hold, Instant now);
// Whether the keys can be read, and by us alone; the ledger knows whether there must be one.
Checked check_keys(const std::string& path, const std::string& ledger);
Checked check_rules(const RuleSet& rules);
Checked check_parsing_child(const RuleSet& rules);
Checked check_seccomp();
Checked check_lookup(const LookupSettings& settings);
// Whether a lost connection can be told from a fault of ours.
Checked check_control_hosts(const MailHostSettings& settings, const std::string& ledger);
// Whether so many are lost lately that the fault may be ours.
Checked check_outage(const std::string& ledger);
// Whether somebody purges: nothing is kept for long that could have been taken out `before`.
Checked check_purge(const std::string& ledger, Instant before);

std::string_view text(Health health);  // "works"
// Its number if it has no name.
std::string name_of_user(uid_t id);
// Name of the user that this process runs as.
std::string user_name();
std::string home_of_user();  // "" if nobody knows

}  // namespace ndr
