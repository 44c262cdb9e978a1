#include "ndr_triage/casework/notice_letter.hpp"

#include <fmt/core.h>

#include "filling.hpp"
#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/token.hpp"
#include "ndr_triage/mail/date.hpp"
#include "ndr_triage/network/registry.hpp"

namespace ndr {

namespace {

std::string foreign(const std::string& text, const std::string& if_empty) {
    return text.empty() ? if_empty : quotable(text);
}

std::string source_of(const Network& network) {
    return network.registry ? fmt::format("The data of {}", display_name(*network.registry))
                            : "The registry's data";
}

Values values_of(const NoticeFacts& facts) {
    return {{"domain", facts.domain},
            {"contact", facts.contact},
            {"network", facts.network.range.text()},
            {"source", source_of(facts.network)},
            {"address", facts.attacker.text()},
            {"complained", iso_text(facts.complained_at)},
            {"returned", iso_text(facts.bounce.at)},
            {"outcome", std::string(text(facts.bounce.outcome))},
            {"status", foreign(facts.bounce.status, "not told")},
            {"mail_host", foreign(facts.bounce.remote_mta, "not told")},
            {"answer", foreign(facts.bounce.diagnostic_code, "not told")},
            {"pause", span_text(facts.pause)},
            {"answers", facts.answers},
            {"from", facts.from},
            {"host", facts.host}};
}

std::string field(const char* name, const std::string& value) {
    return value.empty() ? "" : fmt::format("{}: {}\n", name, foreign(value, ""));
}

// RFC 3464 sections 2.2 and 2.3, as far as it was read.
std::string delivery_status(const NoticeFacts& facts) {
    return fmt::format("Reporting-MTA: dns; {}\n\nFinal-Recipient: rfc822; {}\nAction: failed\n",
                       facts.host, facts.contact) +
           field("Status", facts.bounce.status.empty() ? "5.0.0" : facts.bounce.status) +
           (facts.bounce.remote_mta.empty()
                ? ""
                : field("Remote-MTA", "dns; " + facts.bounce.remote_mta)) +
           (facts.bounce.diagnostic_code.empty()
                ? ""
                : field("Diagnostic-Code", "smtp; " + facts.bounce.diagnostic_code));
}

std::string original_header(const NoticeFacts& facts) {
    return fmt::format("From: {}\nTo: {}\n", facts.from, facts.contact) +
           field("Subject", facts.complaint_subject) +
           fmt::format("Date: {}\n", mail_date_text(facts.complained_at));
}

}  // namespace

LetterWords notice_words(const NoticeFacts& facts) {
    return filled_letter(embedded::notice_template, "the program's notice", values_of(facts),
                         "a notice");
}

Enclosure returned_mail(const NoticeFacts& facts) {
    Letter bounce;
    bounce.from_name = foreign(facts.bounce_from, "");
    bounce.from = "MAILER-DAEMON@" + facts.host;
    bounce.to = {facts.from};
    bounce.subject = foreign(facts.bounce_subject, "Undelivered mail");
    bounce.message_id = fmt::format("returned.{}@{}", facts.bounce.reply, facts.host);
    bounce.date = facts.bounce.at;
    bounce.text = fmt::format(
        "Written anew by ndr-triage from what it read out of the bounce of {}: the delivery "
        "status, "
        "and the\nheader of the letter that came back.\n",
        iso_text(facts.bounce.at));
    bounce.enclosures = {{"delivery-status", delivery_status(facts), "message/delivery-status"},
                         {"header", original_header(facts), "text/rfc822-headers"}};
    return {"returned.eml", octets_of(bounce), "message/rfc822"};
}

}  // namespace ndr
