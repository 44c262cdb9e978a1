// triage/verdict.hpp -- an outcome for one recipient, with the evidence that led to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/mail/delivery_report.hpp"
#include "ndr_triage/triage/evidence.hpp"

namespace ndr {

struct Verdict {
    std::string final_recipient;  // "" unknown
    std::string original_recipient;
    Outcome outcome = Outcome::undetermined;
    std::string action;  // RFC 3464, "" if the message has none
    std::string status;  // "5.2.2"
    std::optional<int> reply_code;
    std::string diagnostic_code;  // at most 1,000 octets
    std::string remote_mta;
    std::string rule;  // the rule that decided
    std::vector<Evidence> evidence;
};

// What is known of one recipient before it is judged.
struct RecipientEvidence {
    RecipientStatus status;              // from an RFC 3464 report, or made up from the text
    std::vector<std::string> reasons;    // texts given as the reason for this very recipient
    Command command = Command::unknown;  // what the reasons answer
    std::string notification;            // the notification's own words, for all recipients
    std::string subject;
    bool is_report = false;  // fields of a report: without an Action the Status tells finality
};

// Action decides whether it is final; a clear text decides what it means, then the codes in it,
// then the Status field, the reply code, the notification's words, the subject.
Verdict judge(const RuleSet& rules, const RecipientEvidence& recipient);

}  // namespace ndr
