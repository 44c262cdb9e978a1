#include "ndr_triage/triage/verdict.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "samples.hpp"

namespace ndr {

namespace {

using samples::standard_rules;

// A final failure for which a host gave one reason.
RecipientEvidence failed(const std::string& reason, Command command = Command::rcpt) {
    RecipientEvidence evidence;
    evidence.status.action = "failed";
    evidence.status.final_recipient = "abuse@example.net";
    if (!reason.empty()) evidence.reasons = {reason};
    evidence.command = command;
    evidence.is_report = true;
    return evidence;
}

std::string_view outcome(const RecipientEvidence& evidence) {
    return text(judge(standard_rules(), evidence).outcome);
}

std::string_view outcome_of_status(const std::string& status) {
    auto evidence = failed("", Command::unknown);
    evidence.status.status = status;
    return outcome(evidence);
}

TEST(Verdict, a_status_without_text_counts_by_the_code) {
    EXPECT_EQ(outcome_of_status("5.2.2"), "mailbox-full");
    EXPECT_EQ(outcome_of_status("4.2.2"), "mailbox-full");
    for (const char* status : {"5.1.1", "5.1.3", "5.1.6", "5.2.1", "5.7.17"})
        EXPECT_EQ(outcome_of_status(status), "recipient-unknown") << status;
    for (const char* status :
         {"5.1.2", "5.1.10", "4.4.1", "5.4.2", "5.4.3", "5.4.4", "5.4.6", "4.4.7", "5.4.7"})
        EXPECT_EQ(outcome_of_status(status), "lost-connection") << status;
    for (const char* status : {"5.1.7", "5.1.8", "5.2.3", "5.3.4", "5.6.1", "5.7.0", "5.7.1",
                               "5.7.13", "5.7.23", "5.7.26", "5.7.27", "4.7.28"})
        EXPECT_EQ(outcome_of_status(status), "refused") << status;
    for (const char* status :
         {"5.0.0", "5.1.0", "5.1.4", "5.2.0", "4.2.1", "5.2.4", "5.3.0", "4.3.1", "5.3.1", "5.3.2",
          "4.3.5", "5.4.0", "5.5.0", "5.5.1", "5.9.9"})
        EXPECT_EQ(outcome_of_status(status), "undetermined") << status;
}

TEST(Verdict, nothing_at_all_is_undetermined) {
    const auto verdict = judge(standard_rules(), failed(""));
    EXPECT_EQ(verdict.outcome, Outcome::undetermined);
    EXPECT_EQ(verdict.rule, "no reason given");
}

TEST(Verdict, a_clear_text_overrides_a_general_or_abused_code) {
    EXPECT_EQ(outcome(failed("550 5.7.1 No such user")), "recipient-unknown");
    EXPECT_EQ(outcome(failed("554 5.0.0 The mailbox is full")), "mailbox-full");
    EXPECT_EQ(outcome(failed("550 5.1.1 Message rejected as spam")), "refused");
}

TEST(Verdict, the_hosts_own_code_overrides_the_reporters_status) {
    auto evidence = failed("552 5.2.2");
    evidence.status.status = "5.0.0";
    EXPECT_EQ(outcome(evidence), "mailbox-full");
    evidence.status.status = "5.1.1";
    EXPECT_EQ(outcome(evidence), "mailbox-full");
}

TEST(Verdict, mailbox_unavailable_is_unknown_only_in_answer_to_rcpt) {
    const char* reason = "550 Requested action not taken: mailbox unavailable";
    EXPECT_EQ(outcome(failed(reason, Command::rcpt)), "recipient-unknown");
    EXPECT_EQ(outcome(failed(reason, Command::data)), "undetermined");
    EXPECT_EQ(outcome(failed(reason, Command::mail)), "refused");
    EXPECT_EQ(outcome(failed(reason, Command::greeting)), "refused");
    EXPECT_EQ(outcome(failed(std::string(reason) + " for policy reasons")), "refused");
    EXPECT_EQ(outcome(failed(std::string(reason) + "; your IP is on a blacklist")), "refused");
}

TEST(Verdict, microsofts_access_denied_is_unknown_and_other_access_denied_is_not) {
    EXPECT_EQ(outcome(failed("550 5.4.1 Recipient address rejected: Access denied")),
              "recipient-unknown");
    EXPECT_EQ(outcome(failed("550 5.4.1 [abuse@example.net]: Recipient address rejected: Access "
                             "denied")),
              "recipient-unknown");
    EXPECT_EQ(outcome(failed("554 5.7.1 Recipient address rejected: Access denied")), "refused");
    EXPECT_EQ(outcome(failed("550 5.7.1 Access denied")), "refused");
}

TEST(Verdict, at_the_greeting_421_without_a_word_about_us_is_a_lost_connection) {
    for (const char* reason :
         {"421 mx.example.net", "421 Service not available, closing channel",
          "421 4.3.2 System not accepting network messages", "421 Temporary local problem"})
        EXPECT_EQ(outcome(failed(reason, Command::greeting)), "lost-connection") << reason;
    for (const char* reason : {"421 Too many connections", "421 rate limit exceeded",
                               "421 4.7.0 mx.example.net", "421 your IP is blocked"})
        EXPECT_EQ(outcome(failed(reason, Command::greeting)), "refused") << reason;
}

TEST(Verdict, any_5xx_at_the_greeting_is_a_refusal) {
    for (const char* reason :
         {"554 mx.example.net", "554 No SMTP service here", "550 no such user",
          "552 mailbox is full", "550 5.1.1", "521 mx.example.net does not accept mail"}) {
        EXPECT_EQ(outcome(failed(reason, Command::greeting)), "refused") << reason;
        EXPECT_EQ(outcome(failed(reason, Command::connection)), "refused") << reason;
    }
}

TEST(Verdict, before_rcpt_a_host_speaks_of_us_and_421_is_a_host_that_closes) {
    for (const auto command : {Command::helo, Command::mail}) {
        EXPECT_EQ(outcome(failed("421 closing", command)), "lost-connection");
        EXPECT_EQ(outcome(failed("421 your IP is blocked", command)), "refused");
        EXPECT_EQ(outcome(failed("550 no", command)), "refused");
        EXPECT_EQ(outcome(failed("550 5.1.1 user unknown", command)), "refused");
    }
}

TEST(Verdict, a_host_that_hangs_up_is_a_lost_connection_whenever_it_does) {
    const char* reason = "lost connection with mx.example.net[192.0.2.25]";
    for (const auto command : {Command::unknown, Command::connection, Command::greeting,
                               Command::helo, Command::mail, Command::rcpt, Command::data})
        EXPECT_EQ(outcome(failed(reason, command)), "lost-connection");
}

TEST(Verdict, a_local_error_is_undetermined_even_when_the_attempts_are_used_up) {
    EXPECT_EQ(outcome(failed("451 4.3.0 try later")), "undetermined");
    EXPECT_EQ(outcome(failed("451 try later: retry timeout exceeded")), "undetermined");
    EXPECT_EQ(outcome(failed("retry timeout exceeded")), "lost-connection");
    auto evidence = failed("451 4.3.0 try later");
    evidence.status.status = "4.4.7";
    EXPECT_EQ(outcome(evidence), "undetermined");
    EXPECT_EQ(outcome(failed("451 mailbox is full: retry timeout exceeded")), "mailbox-full");
    EXPECT_EQ(outcome(failed("451 4.4.1 connection timed out: retry timeout exceeded")),
              "lost-connection");
}

TEST(Verdict, a_full_host_is_not_a_full_mailbox) {
    EXPECT_EQ(outcome(failed("452 4.3.1 Insufficient system storage")), "undetermined");
    EXPECT_EQ(outcome(failed("452 4.3.1 Mail system full")), "undetermined");
    EXPECT_EQ(outcome(failed("452 4.2.2 The mailbox is full")), "mailbox-full");
}

TEST(Verdict, the_delivery_time_says_nothing_while_there_is_a_reason) {
    auto evidence = failed("452 4.2.2 over quota");
    evidence.status.status = "4.4.7";
    EXPECT_EQ(outcome(evidence), "mailbox-full");
}

TEST(Verdict, action_decides_whether_it_is_final) {
    auto evidence = failed("452 4.2.2 Mailbox full");
    evidence.status.status = "4.2.2";
    EXPECT_EQ(outcome(evidence), "mailbox-full");
    for (const char* action : {"delayed", "relayed", "expanded"}) {
        evidence.status.action = action;
        EXPECT_EQ(outcome(evidence), "delayed") << action;
    }
    evidence.status.action = "delivered";
    EXPECT_EQ(outcome(evidence), "acknowledged");
}

TEST(Verdict, without_an_action_the_class_and_the_words_tell) {
    auto evidence = failed("Mailbox full");
    evidence.status.action.reset();
    evidence.status.status = "4.2.2";
    EXPECT_EQ(outcome(evidence), "delayed");
    evidence.status.status = "5.2.2";
    EXPECT_EQ(outcome(evidence), "mailbox-full");
    evidence.notification = "We will keep trying for 5 days.";
    EXPECT_EQ(outcome(evidence), "delayed");
}

TEST(Verdict, a_final_action_stands_whatever_the_notification_says) {
    auto evidence = failed("452 4.2.2 Mailbox full");
    evidence.notification = "We will keep trying.";
    EXPECT_EQ(outcome(evidence), "mailbox-full");
}

TEST(Verdict, the_reason_outranks_the_notifications_words) {
    auto evidence = failed("552 Mailbox full");
    evidence.notification = "Connection timed out";
    EXPECT_EQ(outcome(evidence), "mailbox-full");
    evidence.reasons.clear();
    EXPECT_EQ(outcome(evidence), "lost-connection");
}

TEST(Verdict, words_in_addresses_and_links_say_nothing) {
    EXPECT_EQ(outcome(failed("550 <no-such-user@spam.example.net>: sorry")), "undetermined");
    EXPECT_EQ(outcome(failed("550 see https://example.net/mailbox/full/spam")), "undetermined");
}

TEST(Verdict, keeps_what_the_report_said) {
    auto evidence = failed("552 5.2.2 Mailbox full");
    evidence.status.original_recipient = "desk@example.net";
    evidence.status.status = "5.2.2 (full)";
    evidence.status.remote_mta = "mx.example.net";
    const auto verdict = judge(standard_rules(), evidence);
    EXPECT_EQ(verdict.final_recipient, "abuse@example.net");
    EXPECT_EQ(verdict.original_recipient, "desk@example.net");
    EXPECT_EQ(verdict.action, "failed");
    EXPECT_EQ(verdict.status, "5.2.2");
    EXPECT_EQ(verdict.reply_code, 552);
    EXPECT_EQ(verdict.diagnostic_code, "552 5.2.2 Mailbox full");
    EXPECT_EQ(verdict.remote_mta, "mx.example.net");
}

TEST(Verdict, keeps_at_most_a_thousand_octets_of_the_diagnostic) {
    const auto verdict = judge(standard_rules(), failed("550 " + std::string(100000, 'x')));
    EXPECT_LE(verdict.diagnostic_code.size(), 1000U);
    for (const auto& piece : verdict.evidence)
        EXPECT_LE(piece.text.size(), 1000U);
}

TEST(Verdict, shows_the_evidence_strongest_first_and_what_decided) {
    auto evidence = failed("552 5.1.1 Mailbox full");
    evidence.status.status = "5.0.0";
    evidence.notification = "Connection timed out";
    const auto verdict = judge(standard_rules(), evidence);
    std::vector<Place> places;
    int decided = 0;
    for (const auto& piece : verdict.evidence) {
        places.push_back(piece.place);
        if (!piece.decided) continue;
        ++decided;
        EXPECT_EQ(piece.place, Place::diagnostic_code);
        EXPECT_EQ(piece.says, "mailbox-full");
        ASSERT_EQ(piece.matched.size(), 1U);
        const auto& mark = piece.matched.front();
        EXPECT_EQ(piece.text.substr(mark.begin, mark.end - mark.begin), "Mailbox full");
    }
    EXPECT_EQ(decided, 1);
    EXPECT_TRUE(std::is_sorted(places.begin(), places.end()));
}

TEST(Verdict, shows_matched_words_far_behind_in_a_long_text) {
    const auto verdict =
        judge(standard_rules(), failed("550 " + std::string(3000, '.') + " the mailbox is full"));
    ASSERT_EQ(verdict.outcome, Outcome::mailbox_full);
    const auto& piece = verdict.evidence.at(1);
    ASSERT_EQ(piece.matched.size(), 1U);
    const auto& mark = piece.matched.front();
    EXPECT_EQ(piece.text.substr(mark.begin, mark.end - mark.begin), "mailbox is full");
}

TEST(Place, is_found_by_its_name) {
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Place::mark); ++i) {
        const auto place = static_cast<Place>(i);
        EXPECT_EQ(place_of(text(place)), place);
        names.insert(text(place));
    }
    EXPECT_EQ(names.size(), 11U);
    EXPECT_EQ(place_of("elsewhere"), std::nullopt);
}

}  // namespace

}  // namespace ndr
