#include "ndr_triage/triage/judgement.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "samples.hpp"

namespace ndr {

namespace {

using samples::judged;
using samples::judged_sample;

// Each sample stands beside its expectation.
TEST(Corpus, every_sample_has_the_outcome_that_its_folder_names) {
    for (const auto& sample : samples::all_samples())
        EXPECT_EQ(text(sample.judgement.outcome), sample.path.parent_path().filename().string())
            << sample.path << " by rule '" << sample.judgement.rule << "'";
}

// "ticket-zendesk-english.eml": a name that begins with a kind promises it.
TEST(Corpus, an_acknowledgement_has_the_kind_that_its_name_begins_with) {
    for (const auto& sample : samples::all_samples()) {
        const auto name = sample.path.filename().string();
        const auto kind = acknowledgement_of(name.substr(0, name.find_first_of("-.")));
        if (!kind || sample.judgement.outcome != Outcome::acknowledged) continue;
        ASSERT_TRUE(sample.judgement.acknowledgement) << name;
        EXPECT_EQ(text(*sample.judgement.acknowledgement), text(*kind)) << name;
    }
}

TEST(Corpus, has_a_folder_for_each_outcome_and_no_other) {
    std::set<std::string> folders;
    for (const auto& entry : std::filesystem::directory_iterator(samples::corpus()))
        folders.insert(entry.path().filename().string());
    std::set<std::string> outcomes;
    for (const auto outcome : all_outcomes)
        outcomes.emplace(text(outcome));
    EXPECT_EQ(folders, outcomes);
    EXPECT_GE(samples::all_samples().size(), 140U);
}

// "abuse@example.net, noc@example.net" of the header field that some samples bear: all failed.
std::set<std::string> failed_recipients(const Message& message) {
    std::set<std::string> result;
    for (const auto& value : message.header.all("X-Sample-Recipient")) {
        for (const auto address : split(value, ','))
            result.emplace(trimmed(address));
    }
    return result;
}

TEST(Corpus, the_recipients_are_those_that_the_sample_names_and_none_other) {
    std::size_t count = 0;
    for (const auto& sample : samples::all_samples()) {
        const auto expected = failed_recipients(parse_message(sample.octets));
        if (expected.empty()) continue;
        std::set<std::string> found;
        for (const auto& verdict : sample.judgement.recipients)
            found.insert(verdict.final_recipient);
        EXPECT_EQ(found, expected) << sample.path;
        ++count;
    }
    EXPECT_GE(count, 500U);
}

std::string with_line_ends(std::string_view octets, std::string_view line_end) {
    std::string result;
    for (const char c : octets) {
        if (c == '\n') {
            result += line_end;
        } else {
            result += c;
        }
    }
    return result;
}

TEST(Corpus, line_ends_and_a_from_line_change_nothing) {
    for (const auto& sample : samples::all_samples()) {
        const auto expected = to_json(sample.judgement);
        for (const char* line_end : {"\r\n", "\r"})
            EXPECT_EQ(to_json(judged(with_line_ends(sample.octets, line_end))), expected)
                << sample.path << (line_end[1] == '\0' ? " with CR" : " with CRLF");
        EXPECT_EQ(to_json(judged("From MAILER-DAEMON Mon Oct 12 08:14:02 2026\n" + sample.octets)),
                  expected)
            << sample.path;
    }
}

TEST(Judgement, knows_the_form) {
    const std::vector<std::pair<const char*, Form>> forms{
        {"mailbox-full/postfix-over-quota.eml", Form::dsn},
        {"recipient-unknown/global-delivery-status.eml", Form::dsn},
        {"recipient-unknown/sendmail-user-unknown.eml", Form::dsn},
        {"recipient-unknown/exchange-recipient-not-found.eml", Form::dsn},
        {"recipient-unknown/qmail-no-mailbox.eml", Form::bounce},
        {"lost-connection/exim-unrouteable-address.eml", Form::bounce},
        {"recipient-unknown/notes-not-in-directory.eml", Form::bounce},
        {"mailbox-full/coremail-quota.eml", Form::bounce},
        {"acknowledged/vacation.eml", Form::auto_reply},
        {"acknowledged/person.eml", Form::reply},
        {"acknowledged/mdn-displayed.eml", Form::mdn},
        {"unrelated/feedback-report.eml", Form::feedback_report},
        {"unrelated/spam.eml", Form::other},
    };
    for (const auto& [name, form] : forms)
        EXPECT_EQ(text(judged_sample(name).form), text(form)) << name;
}

TEST(Judgement, knows_the_kind_of_acknowledgement) {
    const std::vector<std::pair<const char*, Acknowledgement>> kinds{
        {"ticket-rt", Acknowledgement::ticket},
        {"ticket-otrs", Acknowledgement::ticket},
        {"ticket-closed", Acknowledgement::ticket},
        {"vacation", Acknowledgement::vacation},
        {"vacation-mailbox-words", Acknowledgement::vacation},
        {"automatic", Acknowledgement::automatic},
        {"automatic-without-a-word", Acknowledgement::automatic},
        {"chinese-auto-reply", Acknowledgement::automatic},
        {"challenge-human", Acknowledgement::automatic},
        {"redirected-to-form", Acknowledgement::redirected},
        {"redirected-from-closed-mailbox", Acknowledgement::redirected},
        {"redirected-from-closed-mailbox-to-form", Acknowledgement::redirected},
        {"person", Acknowledgement::person},
        {"mdn-displayed", Acknowledgement::displayed},
        {"dsn-delivered", Acknowledgement::delivered},
    };
    for (const auto& [name, kind] : kinds) {
        const auto judgement = judged_sample("acknowledged/" + std::string(name) + ".eml");
        ASSERT_TRUE(judgement.acknowledgement) << name;
        EXPECT_EQ(text(*judgement.acknowledgement), text(kind)) << name;
    }
}

TEST(Judgement, only_an_acknowledgement_has_a_kind) {
    for (const auto& sample : samples::all_samples())
        EXPECT_EQ(sample.judgement.acknowledgement.has_value(),
                  sample.judgement.outcome == Outcome::acknowledged)
            << sample.path;
}

// No mail host said it: what follows must be held.
TEST(Judgement, tells_a_closed_mailbox_that_only_an_automatic_reply_speaks_of) {
    std::size_t count = 0;
    for (const auto& sample : samples::all_samples()) {
        const bool by_auto_reply = sample.judgement.form == Form::auto_reply &&
                                   sample.judgement.outcome == Outcome::recipient_unknown;
        EXPECT_EQ(sample.judgement.said_by_auto_reply, by_auto_reply) << sample.path;
        count += by_auto_reply ? 1 : 0;
    }
    EXPECT_GE(count, 2U);
}

// An answer written by a person or machine is never a failure by a mail host's word.
TEST(Judgement, only_a_bounce_or_a_closed_mailbox_is_a_failure) {
    for (const auto& sample : samples::all_samples()) {
        if (!is_failure(sample.judgement.outcome)) continue;
        const auto form = sample.judgement.form;
        EXPECT_TRUE(form == Form::dsn || form == Form::bounce || form == Form::mdn ||
                    sample.judgement.said_by_auto_reply)
            << sample.path;
    }
}

TEST(Judgement, reads_the_recipients_of_a_report) {
    const auto judgement = judged_sample("recipient-unknown/second-of-two-first-delayed.eml");
    ASSERT_EQ(judgement.recipients.size(), 2U);
    const Verdict& first = judgement.recipients[0];
    EXPECT_EQ(first.final_recipient, "noc@example.net");
    EXPECT_EQ(first.outcome, Outcome::delayed);
    const Verdict& second = judgement.recipients[1];
    EXPECT_EQ(second.final_recipient, "abuse@example.net");
    EXPECT_EQ(second.original_recipient, "abuse@example.net");
    EXPECT_EQ(second.outcome, Outcome::recipient_unknown);
    EXPECT_EQ(second.action, "failed");
    EXPECT_EQ(second.status, "5.1.1");
    EXPECT_EQ(second.reply_code, 550);
    EXPECT_EQ(second.diagnostic_code, "550 5.1.1 User unknown");
    EXPECT_EQ(second.remote_mta, "mx.example.net");
}

TEST(Judgement, names_the_recipient_of_every_bounce_form) {
    for (const char* name :
         {"lost-connection/exim-unrouteable-address", "recipient-unknown/qmail-no-mailbox",
          "recipient-unknown/sendmail-user-unknown", "recipient-unknown/notes-not-in-directory",
          "mailbox-full/coremail-chinese-only", "recipient-unknown/exchange-recipient-not-found",
          "recipient-unknown/chinese-unlabelled", "mailbox-full/japanese-iso-2022-jp",
          "mailbox-full/korean-euc-kr", "recipient-unknown/russian-koi8-r"}) {
        const auto judgement = judged_sample(std::string(name) + ".eml");
        ASSERT_EQ(judgement.recipients.size(), 1U) << name;
        EXPECT_EQ(judgement.recipients.front().final_recipient, "abuse@example.net") << name;
    }
    EXPECT_EQ(judged_sample("recipient-unknown/global-delivery-status.eml")
                  .recipients.at(0)
                  .final_recipient,
              "mißbrauch@example.net");
}

TEST(Judgement, ties_a_bounce_to_the_complaint_it_returns) {
    for (const char* name :
         {"mailbox-full/postfix-over-quota", "lost-connection/exim-unrouteable-address",
          "recipient-unknown/qmail-no-mailbox", "recipient-unknown/sendmail-user-unknown",
          "recipient-unknown/exchange-recipient-not-found", "acknowledged/mdn-displayed"}) {
        const auto facts = judged_sample(std::string(name) + ".eml").facts;
        EXPECT_EQ(facts.original_message_id, "c42.0.answer@example.org") << name;
    }
}

TEST(Judgement, the_first_recipient_that_is_dead_leads) {
    EXPECT_EQ(judged_sample("lost-connection/first-of-two-failed.eml").outcome,
              Outcome::lost_connection);
    EXPECT_EQ(judged_sample("mailbox-full/second-of-two.eml").outcome, Outcome::mailbox_full);
    EXPECT_EQ(judged_sample("refused/first-of-two-none-dead.eml").outcome, Outcome::refused);
}

TEST(LeadingVerdict, is_the_first_failure_else_the_first) {
    const auto list = [](const std::vector<Outcome>& outcomes) {
        std::vector<Verdict> verdicts(outcomes.size());
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            verdicts[i].outcome = outcomes[i];
        return verdicts;
    };
    const auto none = list({});
    EXPECT_EQ(leading_verdict(none), nullptr);
    const auto no_failure = list({Outcome::refused, Outcome::delayed, Outcome::acknowledged});
    EXPECT_EQ(leading_verdict(no_failure), &no_failure[0]);
    const auto second = list({Outcome::refused, Outcome::lost_connection, Outcome::mailbox_full});
    EXPECT_EQ(leading_verdict(second), &second[1]);
    const auto third = list({Outcome::acknowledged, Outcome::delayed, Outcome::mailbox_full});
    EXPECT_EQ(leading_verdict(third), &third[2]);
}

std::string disposition(const std::string& type) {
    return "From: abuse@example.net\nContent-Type: multipart/report; "
           "report-type=disposition-notification; boundary=\"r\"\n\n"
           "--r\nContent-Type: text/plain\n\nsee below\n"
           "--r\nContent-Type: message/disposition-notification\n\n"
           "Final-Recipient: rfc822; abuse@example.net\n"
           "Original-Message-ID: <c42@example.org>\n"
           "Disposition: automatic-action/MDN-sent-automatically; " +
           type + "\n--r--\n";
}

TEST(Disposition, displayed_acknowledges_and_deleted_does_not) {
    EXPECT_EQ(judged(disposition("displayed")).acknowledgement, Acknowledgement::displayed);
    EXPECT_EQ(judged(disposition("processed")).outcome, Outcome::acknowledged);
    EXPECT_EQ(judged(disposition("dispatched")).outcome, Outcome::acknowledged);
    for (const char* type : {"deleted", ""}) {
        const auto judgement = judged(disposition(type));
        EXPECT_EQ(judgement.outcome, Outcome::undetermined) << type;
        EXPECT_EQ(judgement.acknowledgement, std::nullopt) << type;
    }
    EXPECT_EQ(judged(disposition("displayed")).recipients.at(0).final_recipient,
              "abuse@example.net");
}

TEST(FeedbackReport, is_unrelated_whatever_it_quotes) {
    const auto judgement = judged_sample("unrelated/feedback-report.eml");
    EXPECT_EQ(judgement.outcome, Outcome::unrelated);
    EXPECT_TRUE(judgement.recipients.empty());
}

TEST(Judgement, an_empty_message_is_unrelated) {
    for (const char* octets : {"", "\n", "\n\n\n", "Subject: \n\n", "no header at all"}) {
        const auto judgement = judged(octets);
        EXPECT_EQ(judgement.outcome, Outcome::unrelated) << octets;
        EXPECT_TRUE(judgement.recipients.empty()) << octets;
    }
}

TEST(Judgement, is_the_same_each_time) {
    const auto name = "mailbox-full/second-of-two.eml";
    EXPECT_EQ(to_json(judged_sample(name)), to_json(judged_sample(name)));
}

}  // namespace

}  // namespace ndr
