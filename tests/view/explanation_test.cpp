#include "ndr_triage/view/explanation.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/view/agenda.hpp"
#include "ndr_triage/view/classification.hpp"
#include "ndr_triage/view/progress.hpp"
#include "support/mail.hpp"
#include "support/words.hpp"

namespace ndr {

namespace {

using support::holds;

Verdict full_verdict() {
    Verdict verdict;
    verdict.final_recipient = "abuse@example.net";
    verdict.outcome = Outcome::mailbox_full;
    verdict.evidence = {{Place::action, "failed", "final", "", {}, false},
                        {Place::diagnostic_code,
                         "552 the mailbox is full today",
                         "mailbox-full",
                         "text: mailbox is full",
                         {{8, 23}},
                         true},
                        {Place::status, "5.1.1", "recipient-unknown", "status: X.1.1", {}, false}};
    return verdict;
}

}  // namespace

TEST(Explanation, shows_evidence_in_order_with_matched_words_underlined) {
    Judgement judgement;
    judgement.outcome = Outcome::mailbox_full;
    judgement.recipients = {full_verdict()};
    const std::string text = explanation("a.eml", judgement);
    EXPECT_TRUE(holds(text,
                      "   1.  action: says final\n"
                      "       failed\n"
                      "   2.  diagnostic-code: says mailbox-full: decided\n"
                      "       552 the mailbox is full today\n"
                      "               ^^^^^^^^^^^^^^^\n"
                      "       by rule text: mailbox is full\n"
                      "   3.  status: says recipient-unknown: outvoted\n"
                      "       5.1.1\n"))
        << text;
}

TEST(Explanation, finds_matched_words_deep_in_a_long_text) {
    Judgement judgement;
    Verdict verdict = full_verdict();
    verdict.evidence = {{Place::notification,
                         std::string(300, 'a') + " full " + std::string(300, 'b'),
                         "mailbox-full",
                         "",
                         {{301, 305}},
                         true}};
    judgement.recipients = {verdict};
    const std::string text = explanation("a.eml", judgement, 100);
    EXPECT_TRUE(holds(text, "a full b")) << text;
    EXPECT_TRUE(holds(text, " ^^^^\n")) << text;
}

TEST(Explanation, escapes_what_a_stranger_wrote) {
    Judgement judgement;
    judgement.facts.subject = "a\x1b[31m\nb";
    EXPECT_TRUE(holds(explanation("a.eml", judgement), "subject    a\\x1b[31m\\nb\n"));
}

TEST(Explanation, tells_policy_step_and_reasons) {
    Preview preview;
    preview.identity = {Trust::matched, "it returns our <c1@example.org>", CopyPlace{7, 0}, false};
    preview.file = CaseFile{};
    preview.file->complaint = support::complaint_to("abuse@example.net");
    preview.file->complaint.id = 7;
    preview.file->network = guessed_network(preview.file->complaint.address, support::noon);
    ContactStanding contact;
    contact.contact = "abuse@example.net";
    contact.state = ContactStanding::State::failed;
    contact.outcome = Outcome::recipient_unknown;
    contact.why = "abuse@example.net: recipient-unknown";
    preview.decision.contacts = {contact};
    preview.decision.follow_ups = {
        {PostmasterNotice{"example.net"}, FollowUpState::held, support::noon, "it bears no token"}};
    const std::string text = explanation(preview, Policy::standard());
    EXPECT_TRUE(holds(text, "complaint 7 about 203.0.113.7")) << text;
    EXPECT_TRUE(holds(text, "policy: recipient-unknown, elsewhere: block, report, notice")) << text;
    EXPECT_TRUE(holds(text, "-> held: notice to postmaster@example.net\n     it bears no token"))
        << text;
}

TEST(Classification, is_the_object_that_is_promised) {
    Judgement judgement;
    judgement.form = Form::dsn;
    judgement.outcome = Outcome::mailbox_full;
    judgement.rule = "text: mailbox is full";
    Verdict verdict = full_verdict();
    verdict.reply_code = 552;
    judgement.recipients = {verdict};
    EXPECT_EQ(classification_json("a.eml", 2, judgement),
              "{\"path\":\"a.eml\",\"index\":2,\"outcome\":\"mailbox-full\",\"form\":\"dsn\","
              "\"rule\":\"text: mailbox is full\",\"message_id\":null,\"acknowledgement\":null,"
              "\"recipients\":[{\"final_recipient\":\"abuse@example.net\","
              "\"original_recipient\":null,\"outcome\":\"mailbox-full\",\"action\":null,"
              "\"status\":null,\"reply_code\":552,\"diagnostic_code\":null,\"remote_mta\":null,"
              "\"rule\":null}]}");
}

TEST(Classification, names_the_kind_of_an_acknowledgement) {
    EXPECT_EQ(outcome_text(Outcome::acknowledged, Acknowledgement::ticket),
              "acknowledged (ticket)");
    EXPECT_EQ(outcome_text(Outcome::refused, std::nullopt), "refused");
}

TEST(Agenda, groups_by_state_and_says_why) {
    Agenda agenda;
    FollowUpRow row;
    row.complaint = 3;
    row.address = *Address::parse("203.0.113.7");
    row.follow_up = {PostmasterNotice{"example.net"}, FollowUpState::held, support::noon,
                     "forged?"};
    agenda.follow_ups.push_back(row);
    row.follow_up = {Call{"+1 555 0100"}, FollowUpState::due, support::noon + std::chrono::hours(1),
                     "nobody answers"};
    agenda.follow_ups.push_back(row);
    const std::string text = agenda_text(agenda, support::noon);
    EXPECT_LT(text.find("due (1)"), text.find("held (1)"));
    EXPECT_TRUE(holds(
        text, "call +1 555 0100, not before " + local_text(support::noon + std::chrono::hours(1))))
        << text;
    EXPECT_TRUE(holds(text, "complaint 3 about 203.0.113.7\n      why: forged?")) << text;
    EXPECT_EQ(agenda_text({}, support::noon), "nothing to do\n");
}

TEST(Progress, shows_how_far_it_is) {
    EXPECT_EQ(progress_text(0, 100, 0), "[>                             ]   0%  0 messages");
    EXPECT_EQ(progress_text(50, 100, 7), "[===============>              ]  50%  7 messages");
    EXPECT_EQ(progress_text(100, 100, 9), "[==============================] 100%  9 messages");
    EXPECT_EQ(progress_text(5, 0, 1), "[>                             ]   0%  1 messages");
}

}  // namespace ndr
