#include "ndr_triage/intake/intake.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "ndr_triage/ledger/follow_ups.hpp"
#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

const Instant now = support::noon + std::chrono::days(1);

// A follow-up without its number, for comparing.
using Wanted = std::tuple<FollowUpKind, std::string, FollowUpState>;

class Intake : public testing::Test {
protected:
    ComplaintReceipt complain(const Complaint& complaint) {
        return take_in_complaint(ledger_, house_, complaint,
                                 support::digest_for(complaint.copies.at(0).message_id), now);
    }
    Receipt take(const std::string& octets) {
        return take_in(ledger_, house_, raw_message(octets), {}, support::judged(octets), now);
    }
    std::vector<Wanted> follow_ups() {
        std::vector<Wanted> found;
        ledger_.read([&] {
            for (const auto& row : list_follow_ups(ledger_, {}))
                found.emplace_back(kind_of(row.follow_up.deed), target_of(row.follow_up.deed),
                                   row.follow_up.state);
        });
        return found;
    }
    std::size_t count_of_replies() {
        std::size_t count = 0;
        ledger_.read([&] { count = list_replies(ledger_, {}).size(); });
        return count;
    }

    House house_;
    support::TemporaryDirectory directory_;
    Ledger ledger_{directory_.at("ledger.sqlite3"), Ledger::Access::write};
};

const std::string full = support::bounce("abuse@example.net", "5.2.2", "552 5.2.2 mailbox full");

}  // namespace

TEST_F(Intake, ties_a_bounce_to_the_complaint_that_it_returns) {
    const auto complaint = complain(support::complaint_to("abuse@example.net"));
    EXPECT_TRUE(complaint.is_new);
    const auto receipt = take(full);
    EXPECT_EQ(receipt.filing, Filing::recorded);
    EXPECT_EQ(receipt.identity.trust, Trust::matched);
    ASSERT_TRUE(receipt.identity.copy);
    EXPECT_EQ(receipt.identity.copy->complaint, complaint.complaint);
}

// Documentation space is refused; nothing that a matched reply says may ever be due.
TEST_F(Intake, writes_down_what_follows_in_the_same_step) {
    complain(support::complaint_to("abuse@example.net"));
    take(full);
    EXPECT_EQ(
        follow_ups(),
        (std::vector<Wanted>{{FollowUpKind::block, "203.0.113.0/24", FollowUpState::refused}}));
    house_.policy.allow_documentation = true;
    take(support::bounce("abuse@example.net", "5.1.1", "550 5.1.1 no such user", "c1@example.org",
                         "b2@mx.example.net"));
    for (const auto& [kind, target, state] : follow_ups())
        EXPECT_NE(state, FollowUpState::due) << target;
}

TEST_F(Intake, of_the_same_message_again_changes_nothing) {
    complain(support::complaint_to("abuse@example.net"));
    take(full);
    const auto before = follow_ups();
    std::string other_way = "Return-Path: <>\nDelivered-To: other@example.org\n" + full;
    std::string crlf;
    for (const char c : other_way)
        crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_EQ(take(crlf + "\r\n\r\n").filing, Filing::repeated);
    EXPECT_EQ(count_of_replies(), 1U);
    EXPECT_EQ(follow_ups(), before);
}

TEST_F(Intake, finds_replies_that_came_before_their_complaint_was_recorded) {
    EXPECT_EQ(take(full).identity.trust, Trust::unknown);
    EXPECT_TRUE(follow_ups().empty());
    EXPECT_EQ(complain(support::complaint_to("abuse@example.net")).replies_found, 1U);
    EXPECT_EQ(follow_ups().size(), 1U);
    EXPECT_EQ(take(full).filing, Filing::repeated);
}

TEST_F(Intake, knows_a_contact_without_a_message_id_as_unknown) {
    complain(support::complaint_to("abuse@example.net"));
    const auto receipt = take(
        support::bounce("abuse@example.net", "5.2.2", "552 mailbox full", "other@example.org"));
    EXPECT_EQ(receipt.identity.trust, Trust::unknown);
    EXPECT_TRUE(receipt.identity.copy);
    house_.policy.allow_documentation = true;
    take(support::bounce("abuse@example.net", "5.2.2", "552 mailbox full", "other@example.org",
                         "b3@x"));
    for (const auto& [kind, target, state] : follow_ups())
        EXPECT_EQ(state, FollowUpState::proposed) << target;
}

TEST_F(Intake, ties_nothing_to_a_message_id_that_two_complaints_have) {
    complain(support::complaint_to("abuse@example.net", "same@example.org"));
    Complaint other = support::complaint_to("abuse@example.com", "same@example.org");
    take_in_complaint(ledger_, house_, other, support::digest_for("other"), now);
    const auto receipt = take(
        support::bounce("someone@example.edu", "5.2.2", "552 mailbox full", "same@example.org"));
    EXPECT_EQ(receipt.identity.trust, Trust::unknown);
    EXPECT_FALSE(receipt.identity.copy);
}

TEST_F(Intake, takes_a_letter_in_answer_for_a_person) {
    complain(support::complaint_to("abuse@example.net"));
    const auto receipt = take(
        "From: Jo <jo@example.net>\nTo: complaints@example.org\nSubject: hello\n"
        "Message-ID: <p1@example.net>\nDate: Fri, 20 Nov 2026 15:00:00 +0000\n"
        "In-Reply-To: <c1@example.org>\n\nI had a word with them.\n");
    EXPECT_EQ(receipt.judgement.outcome, Outcome::acknowledged);
    EXPECT_EQ(receipt.judgement.acknowledgement, Acknowledgement::person);
    EXPECT_TRUE(follow_ups().empty());
}

TEST_F(Intake, lets_a_reply_to_one_complaint_touch_no_other) {
    complain(support::complaint_to("abuse@example.net"));
    Complaint other = support::complaint_to("abuse@example.com", "c2@example.org");
    other.address = *Address::parse("198.51.100.9");
    const auto b = complain(other);
    take(support::bounce("abuse@example.com", "5.1.1", "550 5.1.1 no such user", "c1@example.org"));
    ledger_.read([&] { EXPECT_TRUE(list_follow_ups(ledger_, {b.complaint, false}).empty()); });
}

// Six replies of every kind, in many orders: one ledger. (decide() itself is tested in all orders.)
TEST_F(Intake, comes_to_one_end_in_whatever_order_replies_arrive) {
    house_.policy.allow_documentation = true;
    complain(support::complaint_to("abuse@example.net"));
    const std::vector<std::string> replies{
        full,
        "X-Way: other\nReceived: by x; Fri, 20 Nov 2026 12:30:00 +0000\n" + full,
        support::bounce("abuse@example.net", "5.1.1", "550 5.1.1 no such user", "c1@example.org",
                        "b2@x"),
        support::bounce("abuse@example.net", "4.4.1", "connection timed out", "gone@x", "b3@x"),
        support::bounce("other@example.net", "5.1.1", "550 5.1.1 no such user", "c1@example.org",
                        "b4@x"),
        "From: abuse@example.net\nSubject: Out of office\nAuto-Submitted: auto-replied\n"
        "Message-ID: <v1@example.net>\nDate: Fri, 20 Nov 2026 14:00:00 +0000\n"
        "In-Reply-To: <c1@example.org>\n\nI am on vacation.\n"};
    std::vector<Judgement> judgements;
    for (const auto& octets : replies)
        judgements.push_back(support::judged(octets));
    std::vector<std::size_t> order{0, 1, 2, 3, 4, 5};
    std::optional<std::vector<std::string>> expected;
    std::minstd_rand random(3);
    for (int round = 0; round < 30; ++round) {
        std::shuffle(order.begin(), order.end(), random);
        support::TemporaryDirectory directory;
        Ledger ledger(directory.at("l"), Ledger::Access::write);
        take_in_complaint(ledger, house_, support::complaint_to("abuse@example.net"),
                          support::digest_for("c"), now);
        for (const auto at : order)
            take_in(ledger, house_, raw_message(replies[at]), {}, judgements[at], now);
        std::vector<std::string> state;
        ledger.read([&] {
            for (const auto& row : list_follow_ups(ledger, {}))
                state.push_back(fmt::format("{} {} {}", description_of(row.follow_up.deed),
                                            text(row.follow_up.state), row.follow_up.reason));
            for (const auto& row : list_replies(ledger, {}))
                state.push_back(fmt::format("{} {} {} {}", iso_text(row.received_at),
                                            text(row.outcome), text(row.trust), row.recipient));
        });
        if (!expected) expected = state;
        ASSERT_EQ(state, *expected);
    }
    // Two copies are one reply; of "full" and "unknown" the lesser consequence holds: a block
    // alone.
    EXPECT_EQ(expected->size(), 5U + 1U);
}

TEST(ReceivedAt, is_the_topmost_received_else_the_date_and_never_later_than_now) {
    ReplyFacts facts;
    facts.date = "Fri, 20 Nov 2026 10:00:00 +0000";
    EXPECT_EQ(received_at(facts, now), *parse_instant("2026-11-20T10:00:00Z"));
    facts.first_received = "by mail.example.org; Fri, 20 Nov 2026 11:00:00 +0000";
    EXPECT_EQ(received_at(facts, now), *parse_instant("2026-11-20T11:00:00Z"));
    facts.first_received = "by mail.example.org; Fri, 20 Nov 2036 11:00:00 +0000";
    EXPECT_EQ(received_at(facts, now), now);
    EXPECT_EQ(received_at({}, now), now);
}

}  // namespace ndr
