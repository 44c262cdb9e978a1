// action/complaining.hpp -- complains: whom to, in which words, and sees each copy off.
//
// The complaint is in the ledger before the first copy leaves, so that no answer finds nothing. A
// complaint of which no copy could be handed to the MTA is taken out again. Whoever is known dead
// gets none; a complaint that no contact can take is recorded, and the policy runs on it at once.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/action/letter/submission.hpp"
#include "ndr_triage/casework/complaint_letter.hpp"
#include "ndr_triage/intake/intake.hpp"

namespace ndr {

// How a site complains.
struct ComplaintDesk {
    Relay relay;
    std::string address;    // where replies arrive; must be there
    std::string from_name;  // "" none
    std::string records;    // of the ledger's host; "" this is it
    // Between two complaints about one address, unless a call told of another contact since.
    Seconds interval = std::chrono::days(1);
    std::string letter_template{standard_complaint_template()};
    std::string template_name = "the program's template";
};

struct ComplaintOrder {
    Address address;                    // the attacker's
    std::vector<std::string> contacts;  // by hand; empty: those that the registry names
    std::string subject;                // "" as the template says
    std::string text;                   // somebody else's words; "" as the template says
    LogExcerpt excerpt;
};

// What would be done with one contact.
struct PlannedCopy {
    std::string contact;
    bool is_sent = true;
    std::string reason;  // why not, "" if it is sent
};

struct ComplaintPlan {
    Complaint complaint;  // signed; its copies are those that count: sent or known dead
    Network network;
    std::vector<PlannedCopy> copies;
    std::vector<Posting> postings;  // what leaves
    std::string refusal;            // why there is no complaint at all, "" if there is
};

// Facts about the network of an address, asked for at the registry; nullopt if nothing was learnt.
using LookUp = std::function<std::optional<Network>(const Address&)>;

// Whom to write and what; changes nothing but that networks are learnt. Throws LedgerError,
// ConfigError (no address configured, a faulty template), UsageError.
ComplaintPlan plan_complaint(Ledger& ledger, const House& house, const Key& key,
                             const ComplaintDesk& desk, const ComplaintOrder& order,
                             const LookUp& look_up, Instant now);

struct SentComplaint {
    std::int64_t id = 0;              // 0: nothing could be sent, nothing is recorded
    std::vector<std::string> faults;  // copies that did not leave, each a line
    ExitStatus status = ExitStatus::ok;
};
// Records and sends what was planned. Throws LedgerError.
SentComplaint send_complaint(Ledger& ledger, const House& house, const ComplaintDesk& desk,
                             const ComplaintPlan& plan, Instant now);

}  // namespace ndr
