// What people ruled, and what decide() makes of it.
#include "ndr_triage/casework/ruling.hpp"

#include <gtest/gtest.h>

#include "cases.hpp"
#include "ndr_triage/casework/refusal.hpp"

namespace ndr {

namespace {

using namespace cases;
using Verb = Ruling::Verb;

// Its one contact is unknown, but only a bounce from outside without a token says so: all is held.
class Held : public testing::Test {
protected:
    Held() { file.replies = {reply(file, 0, Outcome::recipient_unknown, matched_from_outside)}; }

    void rule(FollowUpKind kind, const std::string& target, Verb verb) {
        file.rulings.push_back({kind, target, verb, "", after(hours(5)), "jo", "seen in the log"});
    }
    void rule_block(Verb verb) { rule(FollowUpKind::block, "198.51.100.0/24", verb); }
    Decision decided(Seconds at = hours(6)) const { return decide(rules, file, after(at)); }
    FollowUp block() const { return decided().follow_ups.back(); }

    CaseFile file = case_of({"abuse@example.net"});
    Policy rules = policy();
};

TEST_F(Held, becomes_due_when_approved_and_says_by_whom) {
    ASSERT_EQ(follow_ups(decided()),
              (Lines{"held report abuse@example.net", "held notice example.net",
                     "held block 198.51.100.0/24"}));
    rule_block(Verb::approve);
    EXPECT_EQ(follow_ups(decided()),
              (Lines{"held report abuse@example.net", "held notice example.net",
                     "due block 198.51.100.0/24"}));
    EXPECT_EQ(block().due_at, after(hours(5)));
    EXPECT_EQ(block().approved_by, "jo");
    EXPECT_NE(block().reason.find("; approved by jo on 2026-10-12: seen in the log"),
              std::string::npos)
        << block().reason;
}

TEST_F(Held, that_is_dismissed_stays_so_whatever_comes_in_later) {
    rule_block(Verb::dismiss);
    EXPECT_EQ(block().state, FollowUpState::dismissed);
    file.replies.push_back(reply(file, 0, Outcome::recipient_unknown, signed_born_here));
    EXPECT_EQ(follow_ups(decided()),
              (Lines{"due report abuse@example.net", "due notice example.net",
                     "dismissed block 198.51.100.0/24"}));
    EXPECT_EQ(block().approved_by, "");
}

TEST_F(Held, is_ruled_by_the_last_word) {
    rule_block(Verb::dismiss);
    rule_block(Verb::approve);
    EXPECT_EQ(block().state, FollowUpState::due);
    rule_block(Verb::dismiss);
    EXPECT_EQ(block().state, FollowUpState::dismissed);
}

// Somebody approved a block of the range that he saw.
TEST_F(Held, for_another_target_knows_nothing_of_the_ruling) {
    rule_block(Verb::approve);
    file.network.range = AddressRange::parse("198.51.100.0/23").value();
    EXPECT_EQ(block().state, FollowUpState::held);
}

TEST_F(Held, goes_with_its_case_though_it_was_approved) {
    rule_block(Verb::approve);
    file.replies.push_back(
        reply(file, 0, Outcome::acknowledged, signed_from_outside, after(hours(3))));
    file.replies.erase(file.replies.begin());
    EXPECT_EQ(follow_ups(decided()), Lines{});
}

TEST_F(Held, for_a_network_that_is_only_a_guess_cannot_be_approved) {
    file.network.authority = Authority::guess;
    rule_block(Verb::approve);
    rule(FollowUpKind::report, "abuse@example.net", Verb::approve);
    EXPECT_EQ(follow_ups(decided()),
              (Lines{"proposed report abuse@example.net", "held notice example.net",
                     "proposed block 198.51.100.0/24"}));
}

TEST_F(Held, by_what_is_ours_is_refused_and_can_only_be_approved_around_it) {
    rules.surroundings.prefixes = {{Prefix::parse("198.51.100.128/25").value(), "the office"}};
    rule_block(Verb::approve);
    EXPECT_EQ(block().state, FollowUpState::refused);
    rule_block(Verb::approve_around);
    EXPECT_EQ(block().state, FollowUpState::due);
    const auto around = std::get<Block>(block().deed);
    EXPECT_TRUE(around.around);
    EXPECT_EQ(prefixes_of(around, rules.surroundings),
              std::vector{Prefix::parse("198.51.100.0/25").value()});
    rules.surroundings.prefixes = {{Prefix::parse("198.51.0.0/16").value(), "all of it is ours"}};
    EXPECT_EQ(block().state, FollowUpState::refused);
}

// Special-use space and width stay what they are.
TEST_F(Held, around_what_is_ours_is_still_refused_by_the_rest) {
    rules.allow_documentation = false;
    rule_block(Verb::approve_around);
    EXPECT_EQ(block().state, FollowUpState::refused);
}

TEST_F(Held, ends_after_sixty_days) {
    // The bounce came an hour after the complaint.
    EXPECT_EQ(follow_ups(decided(days(60))).size(), 3U);
    EXPECT_EQ(decided(days(60)).look_again, after(days(60) + hours(1)));
    const auto ended = decided(days(60) + hours(1));
    EXPECT_EQ(follow_ups(ended), Lines{});
    ASSERT_EQ(ended.seen_to.size(), 3U);
    EXPECT_EQ(ended.seen_to[2], "block 198.51.100.0/24 for 30d: nobody approved it within 60d");
}

TEST(Ruling, is_found_by_its_name) {
    for (const auto verb : {Verb::approve, Verb::approve_around, Verb::dismiss, Verb::sent,
                            Verb::satisfied, Verb::contact, Verb::no_satisfaction})
        EXPECT_EQ(verb_of(text(verb)), verb);
    EXPECT_EQ(verb_of("Approve"), std::nullopt);
}

TEST(Ruling, is_described_for_people) {
    const Ruling ruling{FollowUpKind::call, "+1-555-0100", Verb::contact, "noc@example.net",
                        after(hours(0)),    "jo",          "they moved"};
    EXPECT_EQ(
        description_of(ruling),
        "called, and given another contact, by jo on 2026-10-12, noc@example.net: they moved");
}

}  // namespace

}  // namespace ndr
