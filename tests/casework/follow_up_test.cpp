#include "ndr_triage/casework/follow_up.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

const Deed block = Block{AddressRange::parse("198.51.100.0/24").value(), std::chrono::days(30)};
const Deed report = RegistryReport{Rir::apnic, "abuse@example.net"};
const Deed notice = PostmasterNotice{"example.net"};
const Deed call = Call{"+1-555-0100"};
const Deed lift = Lift{AddressRange::parse("198.51.100.0/24").value()};

TEST(FollowUp, knows_its_kind) {
    EXPECT_EQ(kind_of(block), FollowUpKind::block);
    EXPECT_EQ(kind_of(report), FollowUpKind::report);
    EXPECT_EQ(kind_of(notice), FollowUpKind::notice);
    EXPECT_EQ(kind_of(call), FollowUpKind::call);
    EXPECT_EQ(kind_of(lift), FollowUpKind::lift);
}

TEST(FollowUp, knows_what_it_is_aimed_at) {
    EXPECT_EQ(target_of(block), "198.51.100.0/24");
    EXPECT_EQ(target_of(Block{AddressRange::parse("198.51.100.0 - 198.51.100.9").value(), {}}),
              "198.51.100.0 - 198.51.100.9");
    EXPECT_EQ(target_of(report), "abuse@example.net");
    EXPECT_EQ(target_of(notice), "example.net");
    EXPECT_EQ(target_of(call), "+1-555-0100");
    EXPECT_EQ(target_of(lift), "198.51.100.0/24");
}

TEST(FollowUp, is_described_for_people) {
    EXPECT_EQ(description_of(block), "block 198.51.100.0/24 for 30d");
    EXPECT_EQ(description_of(report), "report abuse@example.net to APNIC");
    EXPECT_EQ(description_of(RegistryReport{std::nullopt, "abuse@example.net"}),
              "report abuse@example.net to its registry");
    EXPECT_EQ(description_of(notice), "notice to postmaster@example.net");
    EXPECT_EQ(description_of(call), "call +1-555-0100");
    EXPECT_EQ(description_of(lift), "lift the block of 198.51.100.0/24");
}

TEST(FollowUpKind, is_found_by_its_name) {
    EXPECT_EQ(text(FollowUpKind::block), "block");
    EXPECT_EQ(text(FollowUpKind::report), "report");
    EXPECT_EQ(text(FollowUpKind::notice), "notice");
    EXPECT_EQ(text(FollowUpKind::call), "call");
    EXPECT_EQ(text(FollowUpKind::lift), "lift");
    for (const auto kind :
         {FollowUpKind::block, FollowUpKind::report, FollowUpKind::notice, FollowUpKind::call})
        EXPECT_EQ(follow_up_kind_of(text(kind)), kind);
    EXPECT_EQ(follow_up_kind_of("Block"), std::nullopt);
    EXPECT_EQ(follow_up_kind_of(""), std::nullopt);
}

TEST(FollowUpState, is_found_by_its_name) {
    EXPECT_EQ(text(FollowUpState::proposed), "proposed");
    EXPECT_EQ(text(FollowUpState::held), "held");
    EXPECT_EQ(text(FollowUpState::due), "due");
    EXPECT_EQ(text(FollowUpState::refused), "refused");
    EXPECT_EQ(text(FollowUpState::dismissed), "dismissed");
    EXPECT_EQ(text(FollowUpState::sending), "sending");
    for (const auto state :
         {FollowUpState::proposed, FollowUpState::held, FollowUpState::due, FollowUpState::refused})
        EXPECT_EQ(follow_up_state_of(text(state)), state);
    EXPECT_EQ(follow_up_state_of("done"), std::nullopt);
}

}  // namespace

}  // namespace ndr
