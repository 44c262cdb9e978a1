// explain: the evidence in order, what decided, what was outvoted, what policy follows.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/site.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

// A report whose status code says another thing than the words beside it: a clear text overrides
// a code.
constexpr const char* conflict =
    "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>\n"
    "To: complaints@example.org\n"
    "Subject: Undelivered Mail Returned to Sender\n"
    "Date: Tue, 3 Nov 2026 08:15:14 +0000\n"
    "Message-ID: <report-1@mx.example.net>\n"
    "MIME-Version: 1.0\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n"
    "\n"
    "--b\n"
    "\n"
    "Your message could not be delivered.\n"
    "--b\n"
    "Content-Type: message/delivery-status\n"
    "\n"
    "Reporting-MTA: dns; mx.example.net\n"
    "\n"
    "Final-Recipient: rfc822; abuse@example.com\n"
    "Action: failed\n"
    "Status: 5.1.1\n"
    "Diagnostic-Code: smtp; 550 Sorry, the mailbox is full, try later\n"
    "--b--\n";

// The number of the line that holds `what`; the last one + 1 if none does.
std::size_t line_with(const std::vector<std::string>& lines, const std::string& what) {
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.find(what) != std::string::npos;
    });
    return static_cast<std::size_t>(found - lines.begin());
}

TEST(ExplainCommand, evidence_stands_in_order_with_what_decided_and_what_was_outvoted) {
    const Site site;
    site.write("a.eml", conflict);
    const auto lines = lines_of(site.output({"explain", "a.eml"}));
    const auto recipient = line_with(lines, "recipient  abuse@example.com: mailbox-full");
    const auto decided = line_with(lines, "diagnostic-code: says mailbox-full: decided");
    const auto outvoted = line_with(lines, "status: says recipient-unknown: outvoted");
    const auto subject = line_with(lines, "subject: says");
    ASSERT_LT(subject, lines.size());
    EXPECT_LT(recipient, decided);
    EXPECT_LT(decided, outvoted);
    EXPECT_LT(outvoted, subject);
    EXPECT_LT(line_with(lines, "action: says final"), decided);
    EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                            [](const std::string& line) { return holds(line, ": decided"); }),
              1);
}

TEST(ExplainCommand, pieces_of_evidence_are_numbered_from_one) {
    const Site site;
    site.write("a.eml", conflict);
    int number = 0;
    for (const auto& line : lines_of(site.output({"explain", "a.eml"}))) {
        if (!holds(line, ": says ")) continue;
        EXPECT_EQ(line.rfind("   " + std::to_string(++number) + ".  ", 0), 0U) << line;
    }
    EXPECT_GE(number, 4);
}

TEST(ExplainCommand, matched_words_are_underlined) {
    const Site site;
    site.write("a.eml", conflict);
    const auto lines = lines_of(site.output({"explain", "a.eml"}));
    const auto quoted = line_with(lines, "550 Sorry, the mailbox is full, try later");
    ASSERT_LT(quoted + 1, lines.size());
    const auto at = lines[quoted].find("mailbox is full");
    EXPECT_EQ(lines[quoted + 1], std::string(at, ' ') + std::string(15, '^'));
}

// A wide letter takes two columns, and so does its mark.
TEST(ExplainCommand, matched_words_of_wide_letters_are_underlined_as_wide_as_they_are) {
    const Site site;
    site.copy_examples("replies");
    const auto lines = lines_of(site.output({"explain", "replies/07-japanese-user-unknown.eml"}));
    const auto decided = line_with(lines, ": decided");
    const auto marks =
        std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(decided), lines.end(),
                     [](const std::string& line) { return holds(line, "^^"); });
    ASSERT_NE(marks, lines.end());
    EXPECT_EQ(marks->find_first_not_of(" ^"), std::string::npos);
    // Two columns for each of the three octets that such a letter has in UTF-8.
    EXPECT_EQ(std::count(marks->begin(), marks->end(), '^') % 2, 0) << *marks;
    EXPECT_FALSE(holds(*std::prev(marks), "^"));
}

TEST(ExplainCommand, names_the_rule_and_its_outcome_first) {
    const Site site;
    site.write("a.eml", conflict);
    const auto lines = lines_of(site.output({"explain", "a.eml"}));
    ASSERT_GE(lines.size(), 6U);
    EXPECT_EQ(lines[0], "a.eml");
    EXPECT_EQ(lines[1], "outcome    mailbox-full");
    EXPECT_EQ(lines[2], "form       dsn");
    EXPECT_EQ(lines[5].rfind("rule       ", 0), 0U) << lines[5];
    EXPECT_TRUE(holds(lines[5], "mailbox is full")) << lines[5];
}

TEST(ExplainCommand, without_a_ledger_says_so_and_makes_none) {
    const Site site;
    site.write("a.eml", conflict);
    EXPECT_TRUE(holds(site.output({"explain", "a.eml"}), "there is no ledger yet"));
    EXPECT_EQ(names_in(site.at("")), (std::vector<std::string>{"a.eml", "site.conf"}));
}

TEST(ExplainCommand, with_a_ledger_shows_trust_case_policy_and_what_follows) {
    const Site site;
    site.copy_examples("replies");
    site.copy_examples("complaints");
    site.output({"record", "complaints"});
    const std::string before = octets_of(site.ledger());
    const std::string out = site.output({"explain", "replies/03-qmail-no-mailbox.eml"});
    for (const char* part :
         {"trust: matched, for it returns our <20261105.052005.27669@example.org>",
          "about 203.0.113.5, sent 2026-11-05", "network 203.0.113.0/24 (guess)",
          "policy: recipient-unknown, elsewhere: block, report, notice",
          "case: no contact works; policy column 'elsewhere'",
          "-> held: notice to postmaster@colo-west.example.net",
          "-> proposed: report abuse@colo-west.example.net",
          "-> refused: block 203.0.113.0/24 for 30d", "documentation, RFC 5737"})
        EXPECT_TRUE(holds(out, part)) << part << "\n" << out;
    EXPECT_TRUE(octets_of(site.ledger()) == before);
}

TEST(ExplainCommand, of_an_acknowledgement_says_that_nothing_follows) {
    const Site site;
    site.copy_examples("replies");
    site.copy_examples("complaints");
    site.output({"record", "complaints"});
    const std::string out = site.output({"explain", "replies/15-use-our-form.eml"});
    EXPECT_TRUE(holds(out, "outcome    acknowledged (redirected)"));
    EXPECT_TRUE(holds(out, "form at    https://abuse.hoster.example/form"));
    EXPECT_TRUE(holds(out, "-> nothing to do"));
    EXPECT_FALSE(holds(out, "block"));
}

TEST(ExplainCommand, of_a_ticket_names_its_number) {
    const Site site;
    site.copy_examples("replies");
    const std::string out = site.output({"explain", "replies/14-ticket-request-tracker.eml"});
    EXPECT_TRUE(holds(out, "ticket     ")) << out;
    EXPECT_TRUE(holds(out, "48213")) << out;
}

TEST(ExplainCommand, of_two_recipients_tells_both_stories) {
    const Site site;
    site.copy_examples("replies");
    const std::string out = site.output({"explain", "replies/19-postfix-two-recipients.eml"});
    EXPECT_TRUE(holds(out, "recipient  abuse@harbourline.example.net: recipient-unknown"));
    EXPECT_TRUE(holds(out, "recipient  noc@harbourline.example.net: mailbox-full"));
}

TEST(ExplainCommand, reads_standard_input) {
    const Site site;
    const std::string out = site.output({"explain", "-"}, conflict);
    EXPECT_TRUE(holds(out, "outcome    mailbox-full"));
}

TEST(ExplainCommand, of_an_mbox_takes_the_first_message_and_says_so) {
    const Site site;
    const std::string line = "From MAILER-DAEMON Tue Nov  3 08:15:14 2026\n";
    site.write("box", line + conflict + "\n" + line + example("replies/18-newsletter.eml") + "\n");
    const Ran ran = site.run({"explain", "box"});
    EXPECT_TRUE(holds(ran.out, "outcome    mailbox-full"));
    expect_one_line_error(ran, 0, {"box", "2 messages"});
}

TEST(ExplainCommand, of_what_is_no_mail_is_an_error_that_names_the_file) {
    const Site site;
    site.write("list.txt", "milk\nbread and butter\n");
    site.write("empty.eml", "");
    for (const auto& [path, status] :
         {std::pair("list.txt", 65), std::pair("empty.eml", 65), std::pair("missing.eml", 66)}) {
        const Ran ran = site.run({"explain", path});
        expect_one_line_error(ran, status, {path});
        EXPECT_EQ(ran.out, "");
    }
}

}  // namespace

}  // namespace ndr::support
