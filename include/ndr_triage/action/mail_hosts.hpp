// action/mail_hosts.hpp -- before a block that rests on a lost connection its contact's mail host
// is asked, through ndr-triage-fetch, whether it is out of reach for us alone.
//
// Never while a transaction is open, nor while an MTA waits: one question takes up to a minute.
// What is found is written down, and decide() holds the block unless nobody answered and we were
// online. A question that had no answer, for DNS or we were out of order, is asked again: an hour
// after the first, then after twice as long each time, at most a day, twelve times in all (a week).
// So neither does a short fault of ours hold a block for ever, nor does a dead resolver get asked
// for ever.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/casework/case_file.hpp"
#include "ndr_triage/casework/decide.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

struct MailHostSettings {
    std::string program;                // path of ndr-triage-fetch
    std::vector<std::string> controls;  // HOST[:PORT], one of which answers if we are online
};

// Domains to be asked now, those first whose blocks have been due for longest.
std::vector<std::string> mail_hosts_to_ask(Ledger& ledger, Instant now);

// Asks one. A program that does not work knows nothing.
MailHostAnswer ask_mail_host(const MailHostSettings& settings, const std::string& domain);

// Asks all that must be, so many and so long at most, writes down what was found, and decides the
// cases that rest on it. None without a control host. What was found.
std::vector<KnownProbe> ask_mail_hosts(Ledger& ledger, const Policy& policy,
                                       const MailHostSettings& settings, Instant now);

// Why a block must wait although it is due: no question within the last hour found nobody there.
// "" it need not.
std::string reason_to_wait(const CaseFile& file, const Decision& decision, Instant now);

}  // namespace ndr
