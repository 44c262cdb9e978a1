// support/mail.hpp -- complaints and the replies to them, as short as they can be.
#pragma once

#include <fmt/core.h>

#include <string>

#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/mail/message.hpp"
#include "ndr_triage/mail/raw_message.hpp"
#include "support/mail_set_up.hpp"

namespace ndr::support {

inline const Instant noon = *parse_instant("2026-11-20T12:00:00Z");

// A complaint about 203.0.113.7 to one contact, sent at noon.
inline Complaint complaint_to(const std::string& contact,
                              const std::string& message_id = "c1@example.org") {
    Complaint complaint;
    complaint.address = *Address::parse("203.0.113.7");
    complaint.sent_at = noon;
    complaint.subject = "Abuse from 203.0.113.7";
    complaint.copies = {{contact, message_id}};
    return complaint;
}

// A bounce (RFC 3464) of the complaint, an hour after it.
inline std::string bounce(const std::string& recipient, const std::string& status,
                          const std::string& diagnostic,
                          const std::string& original_message_id = "c1@example.org",
                          const std::string& message_id = "b1@mx.example.net") {
    return fmt::format(
        "Received: from mx.example.net by mail.example.org; Fri, 20 Nov 2026 13:00:00 +0000\n"
        "From: MAILER-DAEMON@mx.example.net\nTo: complaints@example.org\n"
        "Subject: Undelivered Mail Returned to Sender\nMessage-ID: <{}>\n"
        "Date: Fri, 20 Nov 2026 12:59:00 +0000\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nYour message could not be delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
        "Final-Recipient: rfc822; {}\nAction: failed\nStatus: {}\nDiagnostic-Code: smtp; {}\n\n"
        "--b\nContent-Type: text/rfc822-headers\n\nFrom: complaints@example.org\nTo: {}\n"
        "Subject: Abuse from 203.0.113.7\nMessage-ID: <{}>\n\n--b--\n",
        message_id, recipient, status, diagnostic, recipient, original_message_id);
}

inline Judgement judged(const std::string& octets) {
    static const RuleSet rules = RuleSet::standard();
    return judge(rules, parse_message(octets));
}

inline std::string digest_for(const std::string& text) {
    return digest_of("Subject: " + text + "\n\n");
}

}  // namespace ndr::support
