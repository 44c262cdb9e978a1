#include "ndr_triage/casework/notice_letter.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/mail/message.hpp"
#include "support/mail_set_up.hpp"

namespace ndr {

namespace {

NoticeFacts facts() {
    NoticeFacts facts;
    facts.domain = "example.net";
    facts.contact = "abuse@example.net";
    facts.network.range = AddressRange::parse("203.0.113.0/24").value();
    facts.network.registry = Rir::ripe_ncc;
    facts.attacker = Address::parse("203.0.113.7").value();
    facts.complaint_subject = "Abuse from 203.0.113.7";
    facts.complained_at = parse_instant("2026-11-23T10:00:00Z").value();
    facts.bounce = {17,
                    parse_instant("2026-11-23T10:00:04Z").value(),
                    Outcome::recipient_unknown,
                    "5.1.1",
                    "550 5.1.1 no complaints+aaaabbbbbbbbbccccccccccccccccdd@example.org",
                    "mx.example.net"};
    facts.bounce_from = "MAILER-DAEMON@mail.example.org";
    facts.bounce_subject = "Undelivered Mail Returned to Sender";
    facts.pause = std::chrono::days(90);
    facts.from = "complaints@example.org";
    facts.answers = "complaints+notice@example.org";
    facts.host = "mail.example.org";
    return facts;
}

}  // namespace

TEST(NoticeLetter, says_what_is_owed_and_no_more) {
    const auto words = notice_words(facts());
    EXPECT_EQ(words.subject, "Mail to abuse@example.net is not delivered");
    EXPECT_EQ(
        words.text,
        "To the postmaster of example.net\n\n"
        "On 2026-11-23T10:00:00Z we told abuse@example.net about an attack by 203.0.113.7.\n"
        "The data of RIPE NCC names it as the contact for abuse of 203.0.113.0/24.\n\n"
        "The mail came back on 2026-11-23T10:00:04Z:\n\n"
        "    outcome:     recipient-unknown\n"
        "    status:      5.1.1\n"
        "    mail host:   mx.example.net\n"
        "    its answer:  550 5.1.1 no complaints+*******************************@example.org\n\n"
        "RFC 2142 gives such mailboxes their names (abuse, noc and security in section 4, those of "
        "services in\nsection 5). Section 1 asks that where a service is offered, mail to its "
        "mailbox reaches somebody\nresponsible for it; section 2 that names which belong to no "
        "protocol work at the organisation's\ntop-level domain. If this mailbox is yours, please "
        "have it read again, or have the registry name\nanother one. If it is not, please tell us, "
        "so that we can tell the registry.\n\n"
        "You get this letter because every mail server owes a postmaster (RFC 5321, section "
        "4.5.1). It was\nwritten by a program, and you will get no other one about this domain "
        "within 90d. Answers go to\ncomplaints+notice@example.org\n\n"
        "What came back is enclosed as our mail system read it. Marks that only our own mail bears "
        "are\nreplaced by asterisks.\n\n"
        "complaints@example.org, mail.example.org\n");
}

TEST(NoticeLetter, encloses_the_bounce_without_tokens_and_without_the_original_text) {
    const auto enclosure = returned_mail(facts());
    EXPECT_EQ(enclosure.media_type, "message/rfc822");
    EXPECT_EQ(enclosure.octets.find("aaaabbbb"), std::string::npos);
    const Message bounce = parse_message(enclosure.octets);
    EXPECT_EQ(bounce.header.value("Subject"), "Undelivered Mail Returned to Sender");
    ASSERT_EQ(bounce.body.parts.size(), 3U);
    EXPECT_EQ(bounce.body.parts[1].media_type, "message/delivery-status");
    EXPECT_NE(bounce.body.parts[1].text.find("Final-Recipient: rfc822; abuse@example.net\n"
                                             "Action: failed\nStatus: 5.1.1\n"),
              std::string::npos)
        << bounce.body.parts[1].text;
    EXPECT_EQ(bounce.body.parts[2].media_type, "text/rfc822-headers");
    EXPECT_EQ(bounce.body.parts[2].header.value("Subject"), "Abuse from 203.0.113.7");
}

// A stranger's line ends and control characters would make fields, or hide something.
TEST(NoticeLetter, escapes_what_a_mail_host_said) {
    NoticeFacts hostile = facts();
    hostile.bounce.diagnostic_code = "550 no\r\nBcc: victim@example.com\n\n\x1b[2J";
    EXPECT_EQ(returned_mail(hostile).octets.find("\nBcc:"), std::string::npos);
    const std::string text = notice_words(hostile).text;
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find("\nBcc:"), std::string::npos);
    EXPECT_NE(text.find("Bcc: victim@example.com"), std::string::npos) << text;
}

}  // namespace ndr
