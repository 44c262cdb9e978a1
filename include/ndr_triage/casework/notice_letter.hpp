// casework/notice_letter.hpp -- the words of a notice to a postmaster, and what came back.
//
// Pure. What a stranger wrote stands in it escaped, and with everything blanked that looks like a
// token of ours.
#pragma once

#include <optional>
#include <string>

#include "ndr_triage/casework/letter_words.hpp"
#include "ndr_triage/casework/report_draft.hpp"
#include "ndr_triage/mail/letter.hpp"

namespace ndr {

struct NoticeFacts {
    std::string domain;   // its postmaster is written to
    std::string contact;  // the mailbox of it that fails
    Network network;
    Address attacker;
    std::string complaint_subject;
    Instant complained_at{};
    ReportedBounce bounce;
    std::string bounce_from;     // field of the bounce, "" none
    std::string bounce_subject;  // likewise
    Seconds pause{};             // until another notice about the domain
    std::string from;            // our address
    std::string answers;         // where answers go
    std::string host;
    Instant at{};
};

// Claims no more than RFC 2142 sections 1, 2 and 4 and RFC 5321 section 4.5.1 do.
LetterWords notice_words(const NoticeFacts& facts);

// The bounce as message/rfc822, written anew from what was read out of it (RFC 3464 section 2) and
// with no more of the original than the header that we gave it: of octets that a stranger chose
// none goes on to another.
Enclosure returned_mail(const NoticeFacts& facts);

}  // namespace ndr
