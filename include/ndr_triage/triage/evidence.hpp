// triage/evidence.hpp -- what a message says about one recipient, piece by piece, strongest first,
// and what the rules make of each piece.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/triage/rules.hpp"

namespace ndr {

// Where a piece of evidence stood; the order is the order of strength.
enum class Place {
    action,                // RFC 3464 Action: decides finality, not meaning
    disposition,           // RFC 8098
    diagnostic_code,       // Diagnostic-Code, or the reason a notification gives for this recipient
    localized_diagnostic,  // RFC 6533
    status_in_diagnostic,  // an enhanced code within that text: the host's own word
    status,                // RFC 3464 Status: what the reporter made of it
    reply_code,
    notification,  // the notification's words to the sender
    subject,
    auto_reply,  // the text of a message that is no failure notification
    mark,        // a header field that tells how the message came to be
};

// The SMTP command that a diagnostic answers. A host that answers before RCPT has not heard of the
// recipient yet, so it cannot speak of the mailbox.
enum class Command { unknown, connection, greeting, helo, mail, rcpt, data };

struct Mark {
    std::size_t begin = 0;  // octets of `text`
    std::size_t end = 0;
};

struct Evidence {
    Place place = Place::notification;
    std::string text;           // as it stood, cut to a few hundred octets around the matched words
    std::string says;           // the outcome it speaks for, "failed", "final", ...; "" nothing
    std::string rule;           // the rule that says so, or ""
    std::vector<Mark> matched;  // the words that matched
    bool decided = false;       // this piece decided the outcome; another one that says something
                                // else was outvoted
};

std::string_view text(Place place);
std::optional<Place> place_of(std::string_view text);

// The rule fields that are looked for together with `field`, for proving examples.
std::vector<RuleField> fields_beside(RuleField field);

}  // namespace ndr
