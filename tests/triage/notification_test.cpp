#include "ndr_triage/triage/notification.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ndr {

namespace {

using Addresses = std::vector<std::string>;

Addresses addresses(const Notification& notification) {
    Addresses result;
    for (const auto& recipient : notification.recipients)
        result.push_back(recipient.address);
    return result;
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

TEST(Notification, an_address_at_the_start_of_a_line_is_a_recipient_and_what_follows_is_about_it) {
    const auto read = read_notification(
        "Sorry.\n\n"
        "<abuse@example.net>:\n"
        "552 Mailbox full\n\n"
        "<noc@example.net>:\n"
        "550 No such user\n",
        {});
    ASSERT_EQ(addresses(read), (Addresses{"abuse@example.net", "noc@example.net"}));
    EXPECT_TRUE(has(read.recipients[0].reason, "Mailbox full"));
    EXPECT_FALSE(has(read.recipients[0].reason, "No such user"));
    EXPECT_TRUE(has(read.recipients[1].reason, "No such user"));
    EXPECT_FALSE(has(read.recipients[1].reason, "Mailbox full"));
}

TEST(Notification, what_separates_address_and_reason_is_part_of_neither) {
    for (const char* text :
         {"<abuse@example.net>:\nno mailbox here\n", "<abuse@example.net>: no mailbox here",
          "abuse@example.net : no mailbox here", "abuse@example.net;no mailbox here",
          "550 <abuse@example.net>... no mailbox here"}) {
        const auto read = read_notification(text, {});
        ASSERT_EQ(addresses(read), Addresses{"abuse@example.net"}) << text;
        EXPECT_EQ(read.recipients[0].reason.find("no mailbox here\n"), 0U)
            << read.recipients[0].reason;
    }
    EXPECT_EQ(read_notification("<abuse@example.net>:\n", {}).recipients.at(0).reason, "");
}

TEST(Notification, reads_the_forms_in_which_an_address_leads_its_line) {
    for (const char* line :
         {"<abuse@example.net>: unknown user", "abuse@example.net: unknown user",
          "  abuse@example.net\n    unknown user", "* abuse@example.net (unknown user)",
          "550 5.1.1 <abuse@example.net>... unknown user",
          "abuse@example.net on 12 Oct 2026\n"
          "unknown user",
          "\"abuse@example.net\"\nunknown user", "<abuse@example.net>\nunknown user"}) {
        const auto read = read_notification(line, {});
        ASSERT_EQ(addresses(read), Addresses{"abuse@example.net"}) << line;
        EXPECT_TRUE(has(read.recipients[0].reason, "unknown user")) << line;
    }
}

TEST(Notification, an_address_within_a_sentence_names_nobody_while_another_leads) {
    const auto read = read_notification(
        "write to help@example.org for more\n"
        "<abuse@example.net>: unknown user\n",
        {});
    EXPECT_EQ(addresses(read), Addresses{"abuse@example.net"});
}

TEST(Notification, an_address_within_a_sentence_counts_when_none_leads) {
    const auto read = read_notification(
        "Your mail to abuse@example.net was not delivered.\n"
        "For help contact postmaster@example.org.\n",
        {});
    EXPECT_EQ(addresses(read), Addresses{"abuse@example.net"});
}

TEST(Notification, ignored_addresses_are_never_recipients) {
    const auto read = read_notification(
        "<Complaints@Example.org>: hello\n"
        "<abuse@example.net>: unknown user\n",
        {"complaints@example.org"});
    EXPECT_EQ(addresses(read), Addresses{"abuse@example.net"});
}

TEST(Notification, the_same_address_again_is_the_same_recipient) {
    const auto read = read_notification(
        "<abuse@example.net>:\nfirst line\n\n"
        "<ABUSE@example.net>:\nsecond line\n",
        {});
    ASSERT_EQ(read.recipients.size(), 1U);
    EXPECT_TRUE(has(read.recipients[0].reason, "first line"));
    EXPECT_TRUE(has(read.recipients[0].reason, "second line"));
}

TEST(Notification, labels_name_recipient_and_reason) {
    const auto read = read_notification(
        "Recipient: abuse@example.net\n"
        "Reason: mailbox full\n",
        {});
    ASSERT_EQ(addresses(read), Addresses{"abuse@example.net"});
    EXPECT_TRUE(has(read.recipients[0].reason, "mailbox full"));
    const auto chinese = read_notification("收件人：abuse@example.net\n退信原因：邮箱已满\n", {});
    ASSERT_EQ(addresses(chinese), Addresses{"abuse@example.net"});
    EXPECT_TRUE(has(chinese.recipients[0].reason, "邮箱已满"));
}

TEST(Notification, ends_where_the_returned_message_begins) {
    for (const char* mark :
         {"--- Below this line is a copy of the message.", "----- Original message -----",
          "------ This is a copy of the message, including all the headers. ------",
          "Received: from a.example.org by b.example.org", "Return-Path: <joe@example.org>"}) {
        const auto read = read_notification(std::string("<abuse@example.net>: unknown user\n") +
                                                mark + "\n<victim@example.net>: mailbox full\n",
                                            {});
        EXPECT_TRUE(read.has_mark) << mark;
        EXPECT_EQ(addresses(read), Addresses{"abuse@example.net"}) << mark;
        EXPECT_FALSE(has(read.text, "mailbox full")) << mark;
        EXPECT_TRUE(has(read.returned, "mailbox full")) << mark;
    }
}

TEST(Notification, quoted_lines_are_nobodys_reason) {
    const auto read = read_notification(
        "<abuse@example.net>: unknown user\n"
        "> mailbox full\n",
        {});
    ASSERT_EQ(read.recipients.size(), 1U);
    EXPECT_FALSE(has(read.recipients[0].reason, "mailbox full"));
}

constexpr std::string_view sendmail =
    "The original message was received at Mon, 12 Oct 2026 08:13:58 GMT\n"
    "\n"
    "   ----- The following addresses had permanent fatal errors -----\n"
    "<abuse@example.net>\n"
    "\n"
    "   ----- Transcript of session follows -----\n"
    "... while talking to mx.example.net.:\n"
    ">>> RCPT To:<abuse@example.net>\n"
    "<<< 550 5.7.1 blocked by policy\n"
    "550 5.1.1 <abuse@example.net>... User unknown\n";

TEST(Notification, in_a_sendmail_transcript_the_hosts_word_counts_not_its_echo) {
    const auto read = read_notification(sendmail, {});
    ASSERT_EQ(addresses(read), Addresses{"abuse@example.net"});
    EXPECT_TRUE(has(read.recipients[0].reason, "blocked by policy"));
    EXPECT_FALSE(has(read.recipients[0].reason, "User unknown"));
    EXPECT_EQ(read.recipients[0].command, Command::rcpt);
}

TEST(Notification, the_echo_of_a_hosts_answer_is_no_reason_without_an_address_either) {
    const auto read = read_notification(
        "<abuse@example.net>\n"
        "   ----- Transcript of session follows -----\n"
        ">>> RCPT To:<abuse@example.net>\n"
        "<<< 550 5.7.1 blocked by policy\n"
        "550 5.1.1 User unknown\n",
        {});
    ASSERT_EQ(read.recipients.size(), 1U);
    EXPECT_TRUE(has(read.recipients[0].reason, "blocked by policy"));
    EXPECT_FALSE(has(read.recipients[0].reason, "User unknown"));
}

TEST(Notification, what_succeeded_in_a_transcript_is_no_reason) {
    const auto read = read_notification(
        "<abuse@example.net>\n"
        "   ----- Transcript of session follows -----\n"
        ">>> MAIL From:<joe@example.org>\n"
        "<<< 250 2.1.0 mailbox is full of joy\n"
        ">>> DATA\n"
        "<<< 354 unknown user may talk\n"
        "<<< 554 5.0.0 no\n",
        {});
    ASSERT_EQ(read.recipients.size(), 1U);
    EXPECT_FALSE(has(read.recipients[0].reason, "joy"));
    EXPECT_FALSE(has(read.recipients[0].reason, "may talk"));
    EXPECT_TRUE(has(read.recipients[0].reason, "554 5.0.0 no"));
}

TEST(Notification, is_bounded) {
    std::string text;
    for (int i = 0; i < 5000; ++i)
        text += "<user" + std::to_string(i) + "@example.net>: unknown\n";
    const auto many = read_notification(text, {});
    EXPECT_GE(many.recipients.size(), 50U);
    EXPECT_LE(many.recipients.size(), 200U);
    std::string reason = "<abuse@example.net>:\n";
    for (int i = 0; i < 1000; ++i)
        reason += std::string(100, 'x') + "\n";
    const auto longest = read_notification(reason, {});
    ASSERT_EQ(longest.recipients.size(), 1U);
    EXPECT_LE(longest.recipients[0].reason.size(), 8192U);
}

TEST(Notification, an_empty_text_says_nothing) {
    const auto read = read_notification("", {});
    EXPECT_TRUE(read.recipients.empty());
    EXPECT_EQ(read.text, "");
    EXPECT_FALSE(read.has_mark);
}

TEST(CommandIn, knows_what_an_answer_belongs_to) {
    EXPECT_EQ(command_in("(in reply to RCPT TO command)"), Command::rcpt);
    EXPECT_EQ(command_in("(in reply to end of DATA command)"), Command::data);
    EXPECT_EQ(command_in("(in reply to MAIL FROM command)"), Command::mail);
    EXPECT_EQ(command_in("(in reply to EHLO command)"), Command::helo);
    EXPECT_EQ(command_in("refused to talk to me: 554 mx.example.net"), Command::greeting);
    EXPECT_EQ(command_in("SMTP error from remote mail server after RCPT TO:<a@example.net>:"),
              Command::rcpt);
    EXPECT_EQ(command_in("SMTP error from remote mail server after initial connection:"),
              Command::greeting);
    EXPECT_EQ(command_in("after end of data"), Command::data);
    EXPECT_EQ(command_in(">>> DATA"), Command::data);
    EXPECT_EQ(command_in("192.0.2.25 does not like recipient."), Command::rcpt);
    EXPECT_EQ(command_in("Connected to 192.0.2.25 but sender was rejected."), Command::mail);
    EXPECT_EQ(command_in("Connected to 192.0.2.25 but greeting failed."), Command::greeting);
    EXPECT_EQ(command_in("192.0.2.25 failed after I sent the message."), Command::data);
    EXPECT_EQ(command_in("550 No such user"), Command::unknown);
    EXPECT_EQ(command_in(""), Command::unknown);
}

TEST(Notification, a_line_of_nothing_but_a_link_is_about_nobody) {
    const auto notification = read_notification(
        "<abuse@example.net>:\nmailbox full\n<https://example.net/report?rcpt=joe@example.net>\n",
        {});
    ASSERT_EQ(notification.recipients.size(), 1U);
    EXPECT_EQ(notification.recipients.front().reason, "mailbox full\n");
}

TEST(Notification, an_answer_behind_its_label_counts_where_nobody_is_named) {
    const auto notification = read_notification(
        "SMTP error from remote server for TEXT command, host: mx.example.net\n"
        "reason: 550 Mail rejected\n",
        {});
    EXPECT_TRUE(notification.recipients.empty());
    EXPECT_EQ(notification.common, "reason: 550 Mail rejected\n");
    EXPECT_EQ(notification.command, Command::data);
}

TEST(Notification, rcpt_names_a_recipient_only_where_it_leads_its_line) {
    for (const char* line :
         {"RCPT TO:<abuse@example.net>", ">>> RCPT To:<abuse@example.net>",
          " In:  RCPT TO:<abuse@example.net>", "Sent <<< RCPT TO:<abuse@example.net>",
          "Wed 2026-10-14 06:41:02: [77:1] --> RCPT To:<abuse@example.net>"})
        EXPECT_EQ(addresses(read_notification(line, {})), Addresses{"abuse@example.net"}) << line;
    const auto read = read_notification(
        "<noc@example.net>: no\n"
        "sshd[1]: Invalid user rcpt to:<abuse@example.net> 550 5.1.1 user unknown\n",
        {});
    EXPECT_EQ(addresses(read), Addresses{"noc@example.net"});
}

}  // namespace

}  // namespace ndr
