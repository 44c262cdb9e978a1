// What follows where nobody was asked, nobody answered, or answers change nothing.
#include <gtest/gtest.h>

#include "cases.hpp"

namespace ndr {

namespace {

using namespace cases;

// ---- no contact at all -------------------------------------------------------------------------

TEST(WithoutContact, block_and_report_of_the_network_are_proposed) {
    const auto decision = decide(policy(), case_of({}), after(hours(1)));
    EXPECT_EQ(follow_ups(decision),
              (Lines{"proposed report 198.51.100.0/24", "proposed block 198.51.100.0/24"}));
    EXPECT_EQ(description_of(decision.follow_ups[0].deed),
              "report 198.51.100.0/24, no contact, to APNIC");
    EXPECT_EQ(decision.follow_ups[0].outcome, std::nullopt);
}

TEST(WithoutContact, one_phones_where_one_phones_first) {
    CaseFile file = case_of({});
    file.network.country = "US";
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(1)))).back(),
              "proposed block 198.51.100.0/24");
    file.network.telephone = "+1-555-0100";
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(1)))),
              (Lines{"proposed report 198.51.100.0/24", "proposed call +1-555-0100"}));
}

// ---- known dead contacts -----------------------------------------------------------------------

class KnownDead : public ::testing::Test {
protected:
    KnownDead() {
        for (auto& copy : file_.complaint.copies)
            copy.was_sent = false;
    }
    Decision decided() const { return decide(policy(), file_, after(hours(1))); }

    CaseFile file_ = case_of({"abuse@example.net", "noc@example.com"});
};

TEST_F(KnownDead, contacts_let_follow_at_once_what_their_last_failures_did) {
    file_.history.failures = {known_failure("abuse@example.net"),
                              known_failure("noc@example.com", Outcome::mailbox_full)};
    const auto decision = decided();
    EXPECT_EQ(follow_ups(decision), (Lines{"due report abuse@example.net", "due notice example.net",
                                           "due block 198.51.100.0/24"}));
    EXPECT_EQ(decision.follow_ups[2].due_at, sent);
    EXPECT_EQ(decision.contacts[0].why,
              "abuse@example.net: recipient-unknown, known dead since 2026-10-10 (complaint 7, "
              "signed reply), so no copy was sent");
    EXPECT_EQ(decision.contacts[0].since, after(-days(2)));
}

TEST_F(KnownDead, contacts_allow_no_more_than_they_did_and_not_earlier) {
    file_.history.failures = {known_failure("abuse@example.net"), known_failure("noc@example.com")};
    file_.history.failures[0].allows = FollowUpState::held;
    file_.history.failures[1].due_at = after(hours(5));
    const auto decision = decided();
    EXPECT_EQ(follow_ups(decision).back(), "held block 198.51.100.0/24");
    EXPECT_EQ(decision.follow_ups.at(2).due_at, after(hours(5)));  // report of noc@example.com
}

TEST_F(KnownDead, contacts_of_which_nothing_is_known_any_more_count_as_silent) {
    EXPECT_EQ(follow_ups(decided()), Lines{});
    EXPECT_EQ(decided().contacts[0].why,
              "abuse@example.net got no copy, and nothing proves that it is dead");
}

TEST_F(KnownDead, contacts_beside_a_silent_one_let_a_block_be_proposed_in_time) {
    file_.complaint.copies[1].was_sent = true;
    file_.history.failures = {known_failure("abuse@example.net")};
    EXPECT_EQ(follow_ups(decided()),
              (Lines{"due report abuse@example.net", "due notice example.net"}));
    EXPECT_EQ(decided().look_again, after(days(7)));
}

// ---- acknowledgements that prove nothing -------------------------------------------------------

TEST(Unproven, acknowledgement_beside_a_failure_keeps_a_block_from_being_proposed) {
    CaseFile file = case_of({"abuse@example.net", "noc@example.com"});
    file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here)};
    EXPECT_EQ(follow_ups(decide(policy(), file, after(days(8)))),
              Lines{"proposed block 198.51.100.0/24"});
    file.replies.push_back(
        reply(file, 1, Outcome::acknowledged, matched_from_outside, after(hours(2))));
    const auto decision = decide(policy(), file, after(days(8)));
    EXPECT_EQ(follow_ups(decision), Lines{});
    EXPECT_EQ(decision.contacts[1].state, ContactStanding::State::silent);
    EXPECT_EQ(decision.contacts[1].why,
              "noc@example.com acknowledged, unproven: it counts as reached");
    EXPECT_NE(decision.why.find("no block is proposed, for noc@example.com acknowledged"),
              std::string::npos);
}

TEST(Unproven, acknowledgement_that_nothing_ties_to_us_changes_nothing) {
    CaseFile file = case_of({"abuse@example.net", "noc@example.com"});
    file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here),
                    reply(file, 1, Outcome::acknowledged, unknown, after(hours(2)))};
    EXPECT_EQ(follow_ups(decide(policy(), file, after(days(8)))),
              Lines{"proposed block 198.51.100.0/24"});
}

// ---- acknowledged, and attacks go on -----------------------------------------------------------

class Idle : public ::testing::Test {
protected:
    // Acknowledged a day apart, before this complaint.
    void acknowledge(int others) {
        file_.history.acknowledgements.clear();
        for (int i = 1; i <= others; ++i)
            file_.history.acknowledgements.push_back({100 + i, after(-days(i))});
    }
    Lines decided(const Policy& rules = policy()) const {
        return follow_ups(decide(rules, file_, after(hours(3))));
    }

    CaseFile file_ = case_of({"abuse@example.net"});
};

TEST_F(Idle, network_is_proposed_for_a_block_after_five_acknowledged_complaints) {
    acknowledge(4);
    EXPECT_EQ(decided(), Lines{});
    acknowledge(5);
    EXPECT_EQ(decided(), Lines{"proposed block 198.51.100.0/24"});
    const auto decision = decide(policy(), file_, after(hours(3)));
    EXPECT_EQ(decision.why, "the network acknowledged 5 complaints within 30d, and attacks go on");
}

TEST_F(Idle, the_complaint_itself_counts_when_it_is_acknowledged) {
    acknowledge(4);
    file_.replies = {reply(file_, 0, Outcome::acknowledged, matched_from_outside)};
    EXPECT_EQ(decided(), Lines{});
    file_.replies = {reply(file_, 0, Outcome::acknowledged, signed_from_outside)};
    EXPECT_EQ(decided(), Lines{"proposed block 198.51.100.0/24"});
}

TEST_F(Idle, attacks_go_on_only_if_one_came_after_an_acknowledgement) {
    acknowledge(6);
    for (auto& acknowledgement : file_.history.acknowledgements)
        acknowledgement.dated = after(hours(1));
    EXPECT_EQ(decided(), Lines{});
    file_.history.acknowledgements.back().dated = after(-hours(1));
    EXPECT_EQ(decided(), Lines{"proposed block 198.51.100.0/24"});
}

TEST_F(Idle, the_limit_is_configured) {
    acknowledge(2);
    Policy strict = policy();
    strict.acknowledged_limit = 2;
    EXPECT_EQ(decided(strict), Lines{"proposed block 198.51.100.0/24"});
}

// ---- what the day and the surroundings forbid --------------------------------------------------

TEST(ADay, with_fifty_new_blocks_holds_the_next) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here)};
    file.history.new_blocks = 49;
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(2)))),
              Lines{"due block 198.51.100.0/24"});
    file.history.new_blocks = 50;
    const auto decision = decide(policy(), file, after(hours(2)));
    EXPECT_EQ(follow_ups(decision), Lines{"held block 198.51.100.0/24"});
    EXPECT_NE(decision.follow_ups[0].reason.find("50 networks were blocked within a day"),
              std::string::npos);
}

TEST(Surroundings, refuse_a_block_and_say_what_it_would_hit) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here)};
    Policy rules = policy();
    rules.surroundings.prefixes = {
        {Prefix::parse("198.51.100.9/32").value(), "the gateway of eth0"}};
    const auto decision = decide(rules, file, after(hours(2)));
    EXPECT_EQ(follow_ups(decision), Lines{"refused block 198.51.100.0/24"});
    EXPECT_NE(
        decision.follow_ups[0].reason.find("it contains 198.51.100.9/32, the gateway of eth0"),
        std::string::npos);
}

TEST(Report, without_a_known_registry_is_proposed) {
    CaseFile file = case_of({"jo@example.net"});
    file.replies = {reply(file, 0, Outcome::lost_connection, signed_born_here)};
    file.network.registry.reset();
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(2)))),
              (Lines{"proposed report jo@example.net", "due block 198.51.100.0/24"}));
}

}  // namespace

}  // namespace ndr
