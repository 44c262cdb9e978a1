// A sender callout: the host speaks of the address that the complaint came from.
#include <gtest/gtest.h>

#include "samples.hpp"

namespace ndr {

namespace {

Judgement report(std::string_view diagnostic, std::string_view to = "complaints@example.org") {
    return samples::judged("From: MAILER-DAEMON@mx.example.net\nTo: " + std::string(to) + R"(
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="r"

--r
Content-Type: text/plain

Your message was not delivered.
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; abuse@example.net
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; )" + std::string(diagnostic) +
                           "\n--r--\n");
}

Judgement bounce(std::string_view text) {
    return samples::judged(
        "From: MAILER-DAEMON@mx.example.net\nTo: complaints+abcd@example.org\n"
        "Subject: Mail delivery failed\n\n" +
        std::string(text) + "\n");
}

TEST(SenderFault, is_no_fault_of_the_recipient) {
    for (const char* to : {"complaints@example.org", "complaints+abcd@example.org"}) {
        const auto judgement = report("550 5.1.1 <complaints+abcd@example.org>: User unknown", to);
        EXPECT_EQ(judgement.outcome, Outcome::refused) << to;
        EXPECT_EQ(judgement.rule, "the answer names the sender, not the recipient");
    }
    EXPECT_EQ(report("552 5.2.2 <complaints+abcd@example.org>: mailbox is full").outcome,
              Outcome::refused);
}

TEST(SenderFault, is_none_where_the_recipient_or_nobody_is_named) {
    for (const char* diagnostic :
         {"550 5.1.1 <abuse@example.net>: User unknown", "550 5.1.1 User unknown",
          "550 5.1.1 User unknown; from <complaints+abcd@example.org>",
          "550 5.1.1 <abuse@example.net>: User unknown (from <complaints+abcd@example.org>)"})
        EXPECT_EQ(report(diagnostic).outcome, Outcome::recipient_unknown) << diagnostic;
}

TEST(SenderFault, is_none_where_we_wrote_to_ourselves) {
    EXPECT_EQ(report("550 5.1.1 <abuse@example.net>: User unknown", "abuse@example.net").outcome,
              Outcome::recipient_unknown);
}

TEST(SenderFault, is_told_from_the_command_that_it_answers) {
    EXPECT_EQ(report("host mx.example.net said after RCPT TO:<abuse@example.net>: 550 5.1.1 "
                     "<complaints+abcd@example.org>: User unknown")
                  .outcome,
              Outcome::refused);
}

TEST(SenderFault, is_seen_where_no_recipient_is_named) {
    EXPECT_EQ(bounce("Your message could not be delivered.\n\n"
                     "The host said <complaints+abcd@example.org> user unknown\n")
                  .outcome,
              Outcome::refused);
}

// MailMarshal names us further down.
TEST(SenderFault, is_none_of_what_a_notification_tells_beside_the_answer) {
    EXPECT_EQ(bounce("Could not be delivered because of\n\n550 5.1.1 User unknown\n\n"
                     "The following recipients were affected:\n\n"
                     "Original Sender: <complaints+abcd@example.org>\n")
                  .outcome,
              Outcome::recipient_unknown);
}

}  // namespace

}  // namespace ndr
