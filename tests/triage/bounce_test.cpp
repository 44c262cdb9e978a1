// Which messages are failure notifications, and whom they name. What the forms of the common mail
// systems mean is proven by tests/corpus.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include "samples.hpp"

namespace ndr {

namespace {

Judgement bounce(std::string_view fields, std::string_view subject, std::string_view body) {
    return samples::judged("To: complaints+abcd@example.org\n" + std::string(fields) + "Subject: " +
                           std::string(subject) + "\nContent-Type: text/plain; charset=utf-8\n\n" +
                           std::string(body) + "\n");
}

constexpr std::string_view daemon = "From: MAILER-DAEMON@mx.example.net\nReturn-Path: <>\n";
constexpr std::string_view person = "From: Jo Example <jo@example.net>\n";

// "abuse@example.net: mailbox-full, noc@example.net: refused"
std::string recipients(const Judgement& judgement) {
    std::string result;
    for (const auto& verdict : judgement.recipients) {
        if (!result.empty()) result += ", ";
        result += verdict.final_recipient + ": " + std::string(text(verdict.outcome));
    }
    return result;
}

TEST(Bounce, is_what_a_mail_system_says_has_failed) {
    const auto judgement = bounce(daemon, "Failure notice", "<abuse@example.net>: User unknown");
    EXPECT_EQ(judgement.form, Form::bounce);
    EXPECT_EQ(recipients(judgement), "abuse@example.net: recipient-unknown");
}

TEST(Bounce, a_mail_system_that_speaks_of_nothing_failed_sends_none) {
    const auto judgement = bounce(daemon, "Quarantine digest", "You have 3 new messages.");
    EXPECT_NE(judgement.form, Form::bounce);
    EXPECT_EQ(judgement.outcome, Outcome::unrelated);
}

TEST(Bounce, a_person_who_says_that_a_message_failed_sends_none) {
    const auto judgement =
        bounce(person, "Question", "My mail could not be delivered: user unknown. Why?");
    EXPECT_NE(judgement.form, Form::bounce);
    EXPECT_EQ(judgement.outcome, Outcome::unrelated);
}

TEST(Bounce, a_stranger_who_says_failed_and_brings_the_message_back_sends_one) {
    const auto judgement = bounce("From: Gateway <gw@example.net>\n", "Undeliverable: Abuse",
                                  "Your message was not delivered.\n\n"
                                  "<abuse@example.net>: mailbox full\n\n"
                                  "--- Original message ---\n"
                                  "Message-ID: <c42@example.org>\n"
                                  "To: abuse@example.net\n\n"
                                  "Dear abuse team\n");
    EXPECT_EQ(judgement.form, Form::bounce);
    EXPECT_EQ(recipients(judgement), "abuse@example.net: mailbox-full");
    EXPECT_EQ(judgement.facts.original_message_id, "c42@example.org");
    EXPECT_EQ(judgement.facts.original_to, std::vector<std::string>{"abuse@example.net"});
}

constexpr std::string_view desk = "From: Abuse desk <abuse@example.net>\nReturn-Path: <>\n";
constexpr std::string_view told_of_customer =
    "We forwarded your report to our customer, but the message could not be delivered: user "
    "unknown. We have suspended the customer.";

// RFC 3834 gives an autoresponder a null reverse-path, too.
TEST(Bounce, an_answer_from_no_mail_system_sends_none) {
    for (const char* fields : {"In-Reply-To: <c42@example.org>\n", "Auto-Submitted: auto-replied\n",
                               "Auto-Submitted: auto-replied\nIn-Reply-To: <c42@example.org>\n"}) {
        const auto judgement =
            bounce(std::string(desk) + fields, "Re: Abuse from 198.51.100.9", told_of_customer);
        EXPECT_EQ(judgement.outcome, Outcome::acknowledged) << fields;
        EXPECT_TRUE(judgement.recipients.empty()) << fields;
    }
}

TEST(Bounce, an_answer_that_quotes_as_outlook_does_sends_none) {
    const auto judgement = bounce(std::string(person) + "In-Reply-To: <c42@example.org>\n",
                                  "RE: Abuse from 198.51.100.9",
                                  "My message to the customer could not be delivered: user "
                                  "unknown. Which ports were attacked?\n\n"
                                  "-----Original Message-----\n"
                                  "From: complaints@example.org\n\n"
                                  "a host attacks us\n");
    EXPECT_EQ(judgement.form, Form::reply);
    EXPECT_EQ(judgement.acknowledgement, Acknowledgement::person);
}

// Exchange names what its bounce is about.
TEST(Bounce, a_mail_system_may_name_what_it_answers) {
    const auto judgement =
        bounce(std::string(daemon) + "In-Reply-To: <c42@example.org>\n",
               "Undeliverable: Abuse from 198.51.100.9", "<abuse@example.net>: User unknown");
    EXPECT_EQ(recipients(judgement), "abuse@example.net: recipient-unknown");
    EXPECT_FALSE(judgement.said_by_auto_reply);
}

TEST(Bounce, a_null_reverse_path_alone_does_not_make_it_a_mail_hosts_word) {
    const auto judgement = bounce(std::string(desk) + "Auto-Submitted: auto-replied\n",
                                  "Undeliverable: Abuse from 198.51.100.9", told_of_customer);
    EXPECT_EQ(judgement.outcome, Outcome::recipient_unknown);
    EXPECT_TRUE(judgement.said_by_auto_reply);
    const auto declared = bounce(std::string(desk) + "X-Failed-Recipients: abuse@example.net\n",
                                 "Undeliverable: Abuse from 198.51.100.9", told_of_customer);
    EXPECT_EQ(declared.outcome, Outcome::recipient_unknown);
    EXPECT_FALSE(declared.said_by_auto_reply);
}

constexpr std::string_view complaint =
    "Hello,\n\na host in a network of yours attacks us:\n\n"
    "These are lines of our log, 1 of 1; times are in the zone UTC:\n\n"
    "Nov 20 09:58:01 web sshd[1]: Invalid user message could not be delivered: rcpt "
    "to:<abuse@example.net> 550 5.1.1 user unknown from 198.51.100.9 port 4711\n";

std::string marked(std::string_view text) {
    std::string result;
    for (const char c : "\n" + std::string(text)) {
        result += c;
        if (c == '\n') result += "> ";
    }
    return result;
}

// A log that the attacker wrote into is no mail system's word, even if one quotes it.
TEST(Bounce, says_nothing_by_the_complaint_that_it_quotes) {
    for (const char* from : {"postmaster@example.net", "Mail Service <noreply@example.net>"}) {
        // A site has its own letter.
        for (const auto& quoted :
             {std::string(complaint), marked(complaint),
              marked("login as message could not be delivered: user unknown")}) {
            const auto judgement = bounce(
                fmt::format("From: {}\nReturn-Path: <>\nAuto-Submitted: auto-replied\n", from),
                "Re: Abuse from 198.51.100.9",
                "We have received your message and opened ticket #4711.\n\n" + quoted);
            EXPECT_EQ(judgement.outcome, Outcome::acknowledged) << from << quoted;
        }
        const auto failed =
            bounce(fmt::format("From: {}\nReturn-Path: <>\n", from), "Undeliverable mail",
                   "Your message was not delivered.\n\n" + std::string(complaint));
        EXPECT_EQ(recipients(failed), ": undetermined") << from;
    }
}

TEST(Bounce, list_mail_of_a_person_is_none) {
    const auto judgement = bounce("From: Jo <jo@example.com>\nList-Id: <ops.example.com>\n",
                                  "Undelivered mail", "<abuse@example.net>: user unknown");
    EXPECT_NE(judgement.form, Form::bounce);
}

TEST(Bounce, names_each_recipient_with_its_own_reason) {
    const auto judgement = bounce(daemon, "Failure notice",
                                  "<noc@example.net>: 554 5.7.1 blocked by policy\n\n"
                                  "<abuse@example.net>: 552 5.2.2 mailbox full\n\n"
                                  "<desk@example.net>: 550 5.1.1 user unknown\n");
    EXPECT_EQ(recipients(judgement),
              "noc@example.net: refused, abuse@example.net: mailbox-full, "
              "desk@example.net: recipient-unknown");
    EXPECT_EQ(judgement.outcome, Outcome::mailbox_full);
}

TEST(Bounce, x_failed_recipients_says_whom) {
    const auto judgement =
        bounce(std::string(daemon) + "X-Failed-Recipients: abuse@example.net,\n noc@example.net\n",
               "Mail delivery failed",
               "abuse@example.net\n  mailbox is full\n\n"
               "noc@example.net\n  Unrouteable address\n\n"
               "help@example.com\n  is where to ask\n");
    EXPECT_EQ(recipients(judgement),
              "abuse@example.net: mailbox-full, noc@example.net: lost-connection");
}

TEST(Bounce, x_failed_recipients_alone_makes_one) {
    const auto judgement =
        bounce("From: gateway@example.net\nX-Failed-Recipients: abuse@example.net\n", "Notice",
               "552 5.2.2\n");
    EXPECT_EQ(judgement.form, Form::bounce);
    EXPECT_EQ(recipients(judgement), "abuse@example.net: mailbox-full");
}

TEST(Bounce, we_and_the_mail_system_are_no_recipients) {
    const auto judgement = bounce(daemon, "Failure notice",
                                  "<complaints+abcd@example.org>: your message\n"
                                  "<mailer-daemon@mx.example.net>: is me\n"
                                  "<abuse@example.net>: user unknown\n");
    EXPECT_EQ(recipients(judgement), "abuse@example.net: recipient-unknown");
}

TEST(Bounce, without_a_named_recipient_still_has_a_verdict) {
    const auto judgement =
        bounce(daemon, "Failure notice", "Your message was not delivered: mailbox full");
    EXPECT_EQ(recipients(judgement), ": mailbox-full");
}

TEST(Bounce, a_report_pasted_into_the_text_is_read) {
    const auto judgement = bounce(daemon, "Failure notice",
                                  "Your message was not delivered.\n\n"
                                  "Reporting-MTA: dns; mx.example.net\n\n"
                                  "Final-Recipient: rfc822; abuse@example.net\n"
                                  "Action: failed\n"
                                  "Status: 5.2.2\n");
    EXPECT_EQ(recipients(judgement), "abuse@example.net: mailbox-full");
    EXPECT_EQ(judgement.recipients.front().status, "5.2.2");
}

TEST(Bounce, keeps_verdicts_apart_from_what_is_returned) {
    const auto judgement = bounce(daemon, "Failure notice",
                                  "<abuse@example.net>: sorry\n\n"
                                  "--- Below this line is a copy of the message.\n\n"
                                  "Subject: 552 mailbox full\n\n"
                                  "<noc@example.net>: user unknown\n");
    EXPECT_EQ(recipients(judgement), "abuse@example.net: undetermined");
}

TEST(Report, the_text_helps_where_the_fields_are_silent) {
    const auto judgement = samples::judged(R"(From: MAILER-DAEMON@mx.example.net
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary="r"

--r
Content-Type: text/plain

<abuse@example.net>: 552 mailbox full
<noc@example.net>: 550 user unknown
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Original-Envelope-Id: QQ42

Final-Recipient: rfc822; noc@example.net
Action: failed
Status: 5.0.0

Final-Recipient: rfc822; abuse@example.net
Action: failed
Status: 5.0.0
--r--
)");
    EXPECT_EQ(judgement.form, Form::dsn);
    EXPECT_EQ(recipients(judgement),
              "noc@example.net: recipient-unknown, abuse@example.net: mailbox-full");
    EXPECT_EQ(judgement.facts.reporting_mta, "mx.example.net");
    EXPECT_EQ(judgement.facts.original_envelope_id, "QQ42");
}

TEST(Report, without_a_recipient_takes_it_from_the_text) {
    const auto judgement = samples::judged(R"(From: MAILER-DAEMON@mx.example.net
Content-Type: multipart/report; report-type=delivery-status; boundary="r"

--r
Content-Type: text/plain

<abuse@example.net>: 552 mailbox full
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
--r--
)");
    EXPECT_EQ(recipients(judgement), "abuse@example.net: mailbox-full");
}

}  // namespace

}  // namespace ndr
