#include "../../src/triage/auto_reply.hpp"

#include <gtest/gtest.h>

#include "samples.hpp"

namespace ndr {

namespace {

constexpr std::string_view marked = "Auto-Submitted: auto-replied\n";

// An answer to a complaint of ours, with further fields, a subject and a text.
Judgement answer(std::string_view fields, std::string_view subject, std::string_view text) {
    return samples::judged(
        "From: Abuse Desk <abuse@example.net>\n"
        "To: complaints+efgh@example.org\n"
        "Message-ID: <a1@desk.example.net>\n"
        "In-Reply-To: <c42.0@example.org>\n" +
        std::string(fields) + "Subject: " + std::string(subject) +
        "\nContent-Type: text/plain; charset=utf-8\n\n" + std::string(text) + "\n");
}

std::string said(const Judgement& judgement) {
    std::string result(text(judgement.outcome));
    if (judgement.acknowledgement) result.append("/").append(text(*judgement.acknowledgement));
    return result;
}

std::string said(std::string_view fields, std::string_view subject, std::string_view text) {
    return said(answer(fields, subject, text));
}

constexpr std::string_view re = "Re: Abuse from 198.51.100.23";

TEST(AutoReply, without_a_word_is_automatic) {
    const auto judgement = answer(marked, re, "");
    EXPECT_EQ(said(judgement), "acknowledged/automatic");
    EXPECT_EQ(judgement.form, Form::auto_reply);
    EXPECT_EQ(judgement.rule, "Auto-Submitted: auto-replied");
}

TEST(AutoReply, that_gives_a_ticket_number_is_a_ticket) {
    EXPECT_EQ(said(marked, re, "Your ticket number is 4711."), "acknowledged/ticket");
    EXPECT_EQ(said(marked, "[desk #4711] Abuse", "We have received your complaint."),
              "acknowledged/ticket");
    EXPECT_EQ(said(marked, "[desk #4711] Abuse", "Hello."), "acknowledged/ticket");
    EXPECT_EQ(said("X-RT-Ticket: desk #4711\n", "Abuse", "Hello."), "acknowledged/ticket");
}

TEST(AutoReply, of_somebody_away_is_a_vacation) {
    EXPECT_EQ(said(marked, re, "I am on vacation until Monday."), "acknowledged/vacation");
    EXPECT_EQ(said("", "Out of office: Abuse", "Back on Monday."), "acknowledged/vacation");
    EXPECT_EQ(said("", "Abwesenheitsnotiz: Abuse", "Ab Montag wieder da."),
              "acknowledged/vacation");
    EXPECT_EQ(said("", "不在通知", ""), "acknowledged/vacation");
}

TEST(AutoReply, of_somebody_away_is_no_closed_mailbox) {
    EXPECT_EQ(said(marked, "Abwesenheitsnotiz: Abuse", "Ihre Nachricht wird nicht gelesen."),
              "acknowledged/vacation");
    EXPECT_EQ(said(marked, re, "I am on leave, your message will not be read."),
              "acknowledged/vacation");
}

TEST(AutoReply, that_names_another_way_is_redirected) {
    const auto form = answer(marked, re, "Please use our form https://example.net/abuse-form.");
    EXPECT_EQ(said(form), "acknowledged/redirected");
    EXPECT_EQ(form.named.links, std::vector<std::string>{"https://example.net/abuse-form"});
    const auto address = answer(marked, re, "Please send reports to security@example.net.");
    EXPECT_EQ(said(address), "acknowledged/redirected");
    EXPECT_EQ(address.named.addresses, std::vector<std::string>{"security@example.net"});
}

TEST(AutoReply, that_says_closed_and_names_another_way_is_redirected_and_never_a_failure) {
    for (const char* way :
         {"Write to security@example.net.", "Report here: https://www.example.net/report-abuse"}) {
        const auto judgement =
            answer(marked, re, "This mailbox is no longer monitored. " + std::string(way));
        EXPECT_EQ(said(judgement), "acknowledged/redirected") << way;
        EXPECT_FALSE(judgement.said_by_auto_reply) << way;
    }
}

TEST(AutoReply, that_says_closed_and_names_no_other_way_is_an_unknown_recipient) {
    for (const char* text :
         {"This mailbox is closed.", "This mailbox has been closed.",
          "This address is no longer in use.", "This mailbox is no longer monitored.",
          "The address abuse@example.net is no longer in use.",
          "This is an automatic reply. This mailbox is closed.",
          "Thank you for your message. This mailbox is no longer monitored.",
          "Dieses Postfach wird nicht gelesen."}) {
        const auto judgement = answer(marked, re, text);
        EXPECT_EQ(said(judgement), "recipient-unknown") << text;
        EXPECT_EQ(judgement.form, Form::auto_reply) << text;
        EXPECT_TRUE(judgement.said_by_auto_reply) << text;
    }
}

// The quoted complaint and our own address are no other way.
TEST(AutoReply, only_its_own_words_name_another_way) {
    const auto judgement = answer(marked, re,
                                  "This mailbox is closed.\n"
                                  "> write to complaints@example.com or use\n"
                                  "> https://example.com/contact\n");
    EXPECT_EQ(said(judgement), "recipient-unknown");
    EXPECT_EQ(said(marked, re, "This mailbox is closed: abuse@example.net"), "recipient-unknown");
}

TEST(AutoReply, a_closed_ticket_or_an_address_that_only_sends_is_no_closed_mailbox) {
    EXPECT_EQ(said(marked, re, "Your ticket #4711 has been closed."), "acknowledged/ticket");
    EXPECT_EQ(said(marked, re, "Your case has been closed."), "acknowledged/ticket");
    EXPECT_EQ(said(marked, re,
                   "We have received your report. Please do not reply to this message, this "
                   "mailbox is not monitored."),
              "acknowledged/automatic");
    EXPECT_EQ(said(marked, re, "Case number 20261017. Replies to this mailbox are not monitored."),
              "acknowledged/ticket");
    EXPECT_EQ(said(marked, "[desk #4711] Abuse", "This mailbox is not monitored."),
              "acknowledged/ticket");
    EXPECT_EQ(said("X-RT-Ticket: desk #4711\n", re, "This mailbox is not monitored."),
              "acknowledged/ticket");
    EXPECT_EQ(said(marked, re, "This mailbox is not monitored outside business hours."),
              "acknowledged/automatic");
}

TEST(AutoReply, a_challenge_is_an_acknowledgement_and_never_a_failure) {
    for (const char* text :
         {"To have your message delivered, confirm that you are human.",
          "Undelivered mail: confirm that you are human: https://example.net/c/1",
          "My provider requires that you verify that you are a real person."}) {
        for (const char* fields : {"Auto-Submitted: auto-replied\n",
                                   "Auto-Submitted: auto-replied\nReturn-Path: <>\n"}) {
            const auto judgement = answer(fields, "Message undelivered: please confirm", text);
            EXPECT_EQ(said(judgement), "acknowledged/automatic") << text;
        }
    }
}

TEST(Letter, of_a_person_that_says_what_was_done_is_an_acknowledgement) {
    const auto judgement = answer("", re, "Hello,\nwe have notified our customer.\nJo");
    EXPECT_EQ(said(judgement), "acknowledged/person");
    EXPECT_EQ(judgement.form, Form::reply);
}

// Whether it answers a complaint of ours is known to the ledger alone.
TEST(Letter, in_other_words_is_a_reply_and_no_failure) {
    const auto judgement = answer("", re, "Hello,\nthe machine was reinstalled.\nJo");
    EXPECT_EQ(judgement.form, Form::reply);
    EXPECT_FALSE(is_failure(judgement.outcome));
    EXPECT_TRUE(judgement.recipients.empty());
}

TEST(Letter, that_speaks_of_something_closed_speaks_of_the_attacker) {
    for (const char* text :
         {"The customer's account has been closed.", "That host is no longer active.",
          "The server no longer exists.", "The address has been disabled.",
          "This mailbox has been closed.", "The IP address is no longer in use."}) {
        const auto judgement = answer("", re, text);
        EXPECT_FALSE(is_failure(judgement.outcome)) << text;
        EXPECT_EQ(judgement.form, Form::reply) << text;
    }
}

TEST(Letter, that_quotes_a_bounce_is_no_bounce) {
    const auto judgement = answer("", "Re: Undelivered Mail Returned to Sender",
                                  "What is this?\n\n"
                                  "> <abuse@example.net>: 550 5.1.1 User unknown\n");
    EXPECT_EQ(judgement.form, Form::reply);
    EXPECT_FALSE(is_failure(judgement.outcome));
}

TEST(ListMail, answers_nothing_whatever_it_says) {
    const auto judgement = answer("List-Id: <ops.example.com>\n", "[ops] 550 user unknown",
                                  "550 5.1.1 user unknown. We have notified our customer.");
    EXPECT_EQ(said(judgement), "unrelated");
}

TEST(OwnWords, end_where_a_quotation_begins) {
    EXPECT_EQ(own_words("mine\n> quoted\nmine too\n"), "mine\nmine too\n");
    for (const char* mark :
         {"-----Original Message-----", "On Mon, Jo wrote:", "Am Montag schrieb Jo:",
          "From: Jo <jo@example.net>", "在 2026-10-12，Jo 写道："})
        EXPECT_EQ(own_words("mine\n" + std::string(mark) + "\ntheirs\n"), "mine\n") << mark;
    EXPECT_EQ(own_words("| quoted\nmine\n"), "mine\n");
    EXPECT_EQ(own_words("She wrote a book.\n"), "She wrote a book.\n");
}

TEST(AutoReply, that_points_nowhere_is_no_redirection) {
    EXPECT_EQ(said(marked, re, "Please contact me."), "acknowledged/automatic");
    EXPECT_EQ(said(marked, re, "Please contact noc@example.com."), "acknowledged/redirected");
    EXPECT_EQ(said(marked, re, "Please use the form at https://example.net/abuse-form"),
              "acknowledged/redirected");
}

TEST(Answer, to_a_message_from_where_it_goes_is_a_persons) {
    EXPECT_EQ(said("", "Re: Abuse", "Qux."), "acknowledged/person");
    EXPECT_EQ(said("", "Abuse", "Qux."), "unrelated");
    EXPECT_EQ(said("List-Id: <ops.example.org>\n", "Re: Abuse", "Qux."), "unrelated");
    EXPECT_EQ(
        said(samples::judged("From: jo@example.net\nTo: ann@example.com\n"
                             "In-Reply-To: <c42.0@example.org>\nSubject: Re: Abuse\n\nQux.\n")),
        "unrelated");
}

}  // namespace

}  // namespace ndr
