// How contacts stand by the replies to them, and what several contacts together let follow.
#include <gtest/gtest.h>

#include "cases.hpp"

namespace ndr {

namespace {

using namespace cases;
using State = ContactStanding::State;

std::vector<State> states(const Decision& decision) {
    std::vector<State> result;
    for (const auto& contact : decision.contacts)
        result.push_back(contact.state);
    return result;
}

class TwoContacts : public ::testing::Test {
protected:
    CaseFile file_ = case_of({"abuse@example.net", "noc@example.com"});

    void add(std::size_t copy, Outcome outcome, Proof proof, Instant at = after(hours(1))) {
        file_.replies.push_back(reply(file_, copy, outcome, proof, at));
    }
    Decision decided(Seconds later = hours(12)) const {
        return decide(policy(), file_, after(later));
    }
};

TEST(Silence, lets_nothing_follow) {
    const auto file = case_of({"abuse@example.net"});
    const auto decision = decide(policy(), file, after(days(30)));
    EXPECT_EQ(follow_ups(decision), Lines{});
    EXPECT_EQ(states(decision), std::vector{State::silent});
    EXPECT_EQ(decision.look_again, std::nullopt);
}

TEST(LostConnection, counts_for_nothing_where_our_own_block_covered_the_mail_host) {
    auto file = case_of({"abuse@example.net"});
    file.replies.push_back(reply(file, 0, Outcome::lost_connection, signed_born_here));
    ASSERT_FALSE(follow_ups(decide(policy(), file, after(hours(2)))).empty());
    file.replies[0].verdicts[0].own_block = "192.0.2.0/24";
    const auto decision = decide(policy(), file, after(hours(2)));
    EXPECT_EQ(follow_ups(decision), Lines{});
    EXPECT_EQ(states(decision), std::vector{State::silent});
    EXPECT_NE(decision.contacts[0].why.find("192.0.2.0/24"), std::string::npos);
    file.replies.push_back(reply(file, 0, Outcome::mailbox_full, signed_born_here));
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(2)))),
              Lines{"due block 198.51.100.0/24"});
}

TEST_F(TwoContacts, that_both_failed_count_as_none_that_works) {
    add(0, Outcome::mailbox_full, signed_born_here);
    add(1, Outcome::recipient_unknown, signed_born_here, after(hours(2)));
    EXPECT_EQ(follow_ups(decided()), (Lines{"due report noc@example.com", "due notice example.com",
                                            "due block 198.51.100.0/24"}));
    EXPECT_EQ(states(decided()), (std::vector{State::failed, State::failed}));
}

TEST_F(TwoContacts, allow_together_what_the_less_proven_allows) {
    add(0, Outcome::recipient_unknown, signed_born_here);
    add(1, Outcome::recipient_unknown, matched_from_outside);
    EXPECT_EQ(follow_ups(decided()),
              (Lines{"due report abuse@example.net", "due notice example.net",
                     "held report noc@example.com", "held notice example.com",
                     "held block 198.51.100.0/24"}));
}

TEST_F(TwoContacts, wait_for_the_later_of_both) {
    add(0, Outcome::mailbox_full, signed_from_outside, after(hours(5)));
    add(1, Outcome::mailbox_full, signed_born_here, after(hours(2)));
    const auto decision = decided();
    ASSERT_EQ(follow_ups(decision), Lines{"due block 198.51.100.0/24"});
    EXPECT_EQ(decision.follow_ups[0].due_at, after(hours(29)));
}

TEST_F(TwoContacts, of_which_one_is_silent_let_the_failed_one_be_reported) {
    add(0, Outcome::recipient_unknown, signed_born_here);
    const auto decision = decided(days(7) - Seconds(1));
    EXPECT_EQ(follow_ups(decision),
              (Lines{"due report abuse@example.net", "due notice example.net"}));
    EXPECT_EQ(states(decision), (std::vector{State::failed, State::silent}));
    EXPECT_EQ(decision.look_again, after(days(7)));
}

TEST_F(TwoContacts, of_which_one_stays_silent_propose_a_block_after_seven_days) {
    add(0, Outcome::recipient_unknown, signed_born_here);
    const auto decision = decided(days(7));
    EXPECT_EQ(follow_ups(decision), (Lines{"due report abuse@example.net", "due notice example.net",
                                           "proposed block 198.51.100.0/24"}));
    EXPECT_EQ(decision.look_again, after(days(67)));
    EXPECT_EQ(follow_ups(decided(days(67) - Seconds(1))), follow_ups(decision));
    EXPECT_EQ(follow_ups(decided(days(67))),
              (Lines{"due report abuse@example.net", "due notice example.net"}));
}

TEST_F(TwoContacts, the_time_of_silence_is_configured) {
    add(0, Outcome::mailbox_full, signed_born_here);
    Policy hasty = policy();
    hasty.silence = days(2);
    EXPECT_EQ(follow_ups(decide(hasty, file_, after(days(2)))),
              Lines{"proposed block 198.51.100.0/24"});
}

TEST_F(TwoContacts, any_of_the_failed_ones_may_propose_the_block) {
    file_ = case_of({"abuse@example.net", "noc@example.com", "desk@example.org"});
    add(0, Outcome::mailbox_full, signed_born_here);
    add(1, Outcome::lost_connection, signed_born_here);
    Policy mild = policy();
    mild.cell(Outcome::mailbox_full, Column::elsewhere) = {};
    EXPECT_EQ(follow_ups(decide(mild, file_, after(days(7)))),
              (Lines{"due report noc@example.com", "proposed block 198.51.100.0/24"}));
}

TEST_F(TwoContacts, propose_no_block_where_one_phones_first) {
    file_.network.country = "US";
    file_.network.telephone = "+1-555-0100";
    add(0, Outcome::recipient_unknown, signed_born_here);
    EXPECT_EQ(follow_ups(decided(days(30))), Lines{"due notice example.net"});
}

TEST_F(TwoContacts, of_which_one_works_let_nothing_follow) {
    add(0, Outcome::recipient_unknown, signed_born_here);
    add(1, Outcome::acknowledged, signed_from_outside);
    EXPECT_EQ(follow_ups(decided()), Lines{});
    EXPECT_EQ(follow_ups(decided(days(30))), Lines{});
    EXPECT_EQ(states(decided()), (std::vector{State::failed, State::works}));
}

TEST_F(TwoContacts, an_outcome_that_is_no_failure_leaves_a_contact_silent) {
    for (const auto outcome :
         {Outcome::refused, Outcome::delayed, Outcome::undetermined, Outcome::unrelated}) {
        file_.replies.clear();
        add(0, outcome, signed_born_here);
        add(1, Outcome::mailbox_full, signed_born_here);
        EXPECT_EQ(states(decided()), (std::vector{State::silent, State::failed})) << text(outcome);
        EXPECT_EQ(follow_ups(decided()), Lines{}) << text(outcome);
    }
}

TEST_F(TwoContacts, a_reply_about_one_says_nothing_about_the_other) {
    add(1, Outcome::mailbox_full, signed_born_here);
    EXPECT_EQ(states(decided()), (std::vector{State::silent, State::failed}));
}

TEST_F(TwoContacts, a_bounce_that_names_the_other_contact_is_about_that_one) {
    add(0, Outcome::lost_connection, signed_from_outside);
    file_.replies[0].verdicts = {{"noc@example.com", "", Outcome::lost_connection}};
    EXPECT_EQ(states(decided()), (std::vector{State::silent, State::failed}));
    EXPECT_EQ(follow_ups(decided()), Lines{"held report noc@example.com"});
}

// ---- acknowledgements --------------------------------------------------------------------------

CaseFile failed_case(Proof proof) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::mailbox_full, proof)};
    return file;
}

Lines with_acknowledgement(Proof proof, Instant at) {
    CaseFile file = failed_case(signed_from_outside);
    file.replies.push_back(reply(file, 0, Outcome::acknowledged, proof, at));
    return follow_ups(decide(policy(), file, after(hours(12))));
}

TEST(Acknowledged, a_signed_acknowledgement_cancels) {
    EXPECT_EQ(with_acknowledgement(signed_from_outside, after(hours(2))), Lines{});
    EXPECT_EQ(with_acknowledgement(signed_from_outside, after(hours(1))), Lines{});
    EXPECT_EQ(with_acknowledgement(signed_born_here, after(hours(2))), Lines{});
}

TEST(Acknowledged, one_that_proves_nothing_cancels_nothing) {
    EXPECT_EQ(with_acknowledgement(unknown, after(hours(2))), Lines{"due block 198.51.100.0/24"});
}

TEST(Acknowledged, one_that_only_matches_holds) {
    EXPECT_EQ(with_acknowledgement(matched_from_outside, after(hours(2))),
              Lines{"held block 198.51.100.0/24"});
}

TEST(Acknowledged, a_later_bounce_is_contradictory_and_held) {
    EXPECT_EQ(with_acknowledgement(signed_from_outside, after(Seconds(60))),
              Lines{"held block 198.51.100.0/24"});
    CaseFile file = failed_case(signed_born_here);
    file.replies.push_back(
        reply(file, 0, Outcome::acknowledged, signed_from_outside, after(Seconds(60))));
    const auto decision = decide(policy(), file, after(hours(12)));
    EXPECT_EQ(follow_ups(decision), Lines{"held block 198.51.100.0/24"});
    EXPECT_NE(decision.follow_ups[0].reason.find("contradictory"), std::string::npos);
}

TEST(Acknowledged, what_it_cancelled_stays_cancelled_when_another_reason_comes) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {
        reply(file, 0, Outcome::mailbox_full, signed_born_here, after(hours(1))),
        reply(file, 0, Outcome::acknowledged, signed_from_outside, after(hours(2))),
        reply(file, 0, Outcome::lost_connection, signed_born_here, after(hours(3))),
    };
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(12)))),
              (Lines{"held report abuse@example.net", "held block 198.51.100.0/24"}));
}

TEST(Acknowledged, no_forged_bounce_undoes_it) {
    CaseFile file = failed_case(signed_born_here);
    file.replies.push_back(
        reply(file, 0, Outcome::acknowledged, signed_from_outside, after(hours(2))));
    file.replies.push_back(reply(file, 0, Outcome::recipient_unknown, unknown, after(hours(3))));
    const auto decision = decide(policy(), file, after(hours(12)));
    EXPECT_EQ(states(decision), std::vector{State::works});
    EXPECT_EQ(follow_ups(decision), Lines{});
}

TEST_F(TwoContacts, a_contradictory_one_holds_what_the_other_would_let_follow) {
    add(0, Outcome::recipient_unknown, signed_born_here);
    add(1, Outcome::acknowledged, signed_from_outside);
    add(1, Outcome::lost_connection, matched_from_outside, after(hours(2)));
    EXPECT_EQ(follow_ups(decided()),
              (Lines{"held report abuse@example.net", "held notice example.net",
                     "held report noc@example.com", "held block 198.51.100.0/24"}));
}

TEST_F(TwoContacts, one_acknowledgement_speaks_for_its_own_contact) {
    add(0, Outcome::mailbox_full, signed_born_here);
    add(0, Outcome::acknowledged, signed_from_outside, after(Seconds(60)));
    EXPECT_EQ(states(decided()), (std::vector{State::failed, State::silent}));
    add(1, Outcome::mailbox_full, signed_born_here);
    EXPECT_EQ(follow_ups(decided()), Lines{"held block 198.51.100.0/24"});
}

TEST(Acknowledged, the_copy_tells_whose_it_is_whoever_sends_it) {
    CaseFile file = case_of({"abuse@example.net", "noc@example.com"});
    file.replies = {reply(file, 0, Outcome::recipient_unknown, signed_born_here),
                    reply(file, 1, Outcome::acknowledged, signed_from_outside)};
    for (const char* sender : {"jo@example.org", "abuse@example.net"}) {
        file.replies[1].sender = sender;
        const auto decision = decide(policy(), file, after(hours(12)));
        EXPECT_EQ(states(decision), (std::vector{State::failed, State::works})) << sender;
        EXPECT_EQ(follow_ups(decision), Lines{}) << sender;
    }
}

TEST(Acknowledged, without_a_copy_the_sender_tells_whose_it_is) {
    CaseFile file = case_of({"abuse@example.net", "noc@example.com"});
    file.replies = {reply(file, 0, Outcome::recipient_unknown, signed_born_here),
                    reply(file, 1, Outcome::acknowledged, signed_from_outside)};
    file.replies[1].copy.reset();
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(12)))), Lines{});
    file.replies[1].sender = "somebody@example.org";
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(12)))),
              (Lines{"due report abuse@example.net", "due notice example.net"}));
}

}  // namespace

}  // namespace ndr
