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

// At home, where one phones first.
class Called : public testing::Test {
protected:
    Called() {
        file.network.country = "US";
        file.network.telephone = "+1-555-0100";
        file.replies = {reply(file, 0, Outcome::recipient_unknown, signed_born_here)};
    }

    void end(Verb verb, const std::string& telephone = "+1-555-0100") {
        file.rulings.push_back(
            {FollowUpKind::call, telephone, verb, "", after(hours(5)), "jo", "nobody answers"});
    }
    Decision decided(Seconds at = hours(6)) const { return decide(policy(), file, after(at)); }

    CaseFile file = case_of({"abuse@example.net"});
};

TEST_F(Called, with_satisfaction_or_told_of_another_contact_is_the_end) {
    ASSERT_EQ(follow_ups(decided()), (Lines{"due notice example.net", "due call +1-555-0100"}));
    for (const auto verb : {Verb::satisfied, Verb::contact}) {
        file.rulings.clear();
        end(verb);
        EXPECT_EQ(follow_ups(decided()), Lines{});
        EXPECT_NE(decided().why.find("by jo on 2026-10-12: nobody answers; nothing more follows"),
                  std::string::npos)
            << decided().why;
    }
}

// The notice is the one there was before the call: there is no second one, whatever became of it.
TEST_F(Called, without_satisfaction_has_what_follows_elsewhere) {
    end(Verb::no_satisfaction);
    EXPECT_EQ(follow_ups(decided()),
              (Lines{"due report abuse@example.net", "due notice example.net",
                     "due block 198.51.100.0/24"}));
    EXPECT_EQ(decided().column, Column::elsewhere);
    const FollowUp block = decided().follow_ups.back();
    EXPECT_EQ(block.due_at, after(hours(5)));
    EXPECT_NE(block.reason.find("; called, without satisfaction, by jo"), std::string::npos)
        << block.reason;
    KnownFollowUp notice = done(PostmasterNotice{"example.net"}, after(hours(2)));
    notice.complaint = file.complaint.id;
    file.history.follow_ups = {notice};
    EXPECT_EQ(follow_ups(decided()),
              (Lines{"due report abuse@example.net", "due block 198.51.100.0/24"}));
    EXPECT_EQ(decided(days(120)).follow_ups.size(), 2U);
}

// What a person heard proves nothing about the bounce.
TEST_F(Called, without_satisfaction_waits_as_far_as_the_replies_allow) {
    file.replies = {reply(file, 0, Outcome::mailbox_full, matched_from_outside)};
    end(Verb::no_satisfaction);
    EXPECT_EQ(follow_ups(decided()), Lines{"held block 198.51.100.0/24"});
    // It waits from the call on, not from the bounce on.
    EXPECT_EQ(decided(days(60) + hours(4)).follow_ups.size(), 1U);
    EXPECT_EQ(decided(days(60) + hours(5)).follow_ups.size(), 0U);
    file.replies.push_back(reply(file, 0, Outcome::acknowledged, signed_from_outside));
    file.replies.erase(file.replies.begin());
    EXPECT_EQ(follow_ups(decided()), Lines{});
}

TEST_F(Called, is_called_once_though_its_number_changes) {
    end(Verb::satisfied, "+1-555-0199");
    EXPECT_EQ(follow_ups(decided()), Lines{});
    end(Verb::no_satisfaction, "+1-555-0199");
    EXPECT_EQ(follow_ups(decided()).back(), "due block 198.51.100.0/24");
}

TEST_F(Called, that_has_no_contact_is_proposed_what_follows_elsewhere) {
    file.complaint.copies.clear();
    file.replies.clear();
    ASSERT_EQ(follow_ups(decided()),
              (Lines{"proposed report 198.51.100.0/24", "proposed call +1-555-0100"}));
    end(Verb::no_satisfaction);
    EXPECT_EQ(follow_ups(decided()),
              (Lines{"proposed report 198.51.100.0/24", "proposed block 198.51.100.0/24"}));
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
