// What follows from one or two contacts; decide_order_test and decide_property_test go further.
#include "ndr_triage/casework/decide.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "cases.hpp"

namespace ndr {

namespace {

using namespace cases;

struct Row {
    Outcome outcome;
    Lines elsewhere;
    Lines home_with_telephone;
    Lines home_without_telephone;
};

// The policy, written out.
const std::vector<Row> table{
    {Outcome::mailbox_full,
     {"due block 198.51.100.0/24"},
     {"due call +1-555-0100"},
     {"due block 198.51.100.0/24"}},
    {Outcome::recipient_unknown,
     {"due report abuse@example.net", "due notice example.net", "due block 198.51.100.0/24"},
     {"due notice example.net", "due call +1-555-0100"},
     {"due report abuse@example.net", "due notice example.net", "due block 198.51.100.0/24"}},
    {Outcome::lost_connection,
     {"due report abuse@example.net", "due block 198.51.100.0/24"},
     {"due call +1-555-0100"},
     {"due report abuse@example.net", "due block 198.51.100.0/24"}},
    {Outcome::acknowledged, {}, {}, {}},
    {Outcome::refused, {}, {}, {}},
    {Outcome::delayed, {}, {}, {}},
    {Outcome::undetermined, {}, {}, {}},
    {Outcome::unrelated, {}, {}, {}},
};

Lines decided_in(const std::string& country, const std::string& telephone, Outcome outcome) {
    CaseFile file = case_of({"abuse@example.net"});
    file.network.country = country;
    file.network.telephone = telephone;
    file.replies = {reply(file, 0, outcome, signed_born_here)};
    return follow_ups(decide(policy(), file, after(hours(2))));
}

TEST(PolicyTable, every_cell_gives_its_follow_ups_and_no_other) {
    ASSERT_EQ(table.size(), all_outcomes.size());
    for (const auto& row : table) {
        const auto name = text(row.outcome);
        EXPECT_EQ(decided_in("DE", "", row.outcome), row.elsewhere) << name;
        EXPECT_EQ(decided_in("DE", "+49-30-5550100", row.outcome), row.elsewhere) << name;
        EXPECT_EQ(decided_in("", "", row.outcome), row.elsewhere) << name;
        for (const char* home : {"US", "CA"}) {
            EXPECT_EQ(decided_in(home, "+1-555-0100", row.outcome), row.home_with_telephone)
                << name;
            EXPECT_EQ(decided_in(home, "", row.outcome), row.home_without_telephone) << name;
        }
    }
}

TEST(PolicyTable, a_changed_cell_counts) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::lost_connection, signed_born_here)};
    Policy changed = policy();
    changed.cell(Outcome::lost_connection, Column::elsewhere) = {FollowUpKind::notice};
    EXPECT_EQ(follow_ups(decide(changed, file, after(hours(2)))), Lines{"due notice example.net"});
    changed.cell(Outcome::lost_connection, Column::elsewhere) = {};
    EXPECT_EQ(follow_ups(decide(changed, file, after(hours(2)))), Lines{});
}

TEST(PolicyTable, home_countries_can_be_others) {
    CaseFile file = case_of({"abuse@example.net"});
    file.network.country = "DE";
    file.network.telephone = "+49-30-5550100";
    file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here)};
    Policy german = policy();
    german.home_countries = {"DE"};
    EXPECT_EQ(follow_ups(decide(german, file, after(hours(2)))), Lines{"due call +49-30-5550100"});
}

TEST(PolicyTable, a_full_mailbox_is_never_reported_to_a_registry) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here)};
    Policy changed = policy();
    changed.cell(Outcome::mailbox_full, Column::elsewhere) = {FollowUpKind::block,
                                                              FollowUpKind::report};
    EXPECT_EQ(follow_ups(decide(changed, file, after(hours(2)))),
              Lines{"due block 198.51.100.0/24"});
}

TEST(Block, is_the_whole_network_for_its_term) {
    CaseFile file = case_of({"abuse@example.net"});
    file.network.range = AddressRange::parse("198.51.100.0 - 198.51.100.99").value();
    file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here)};
    const auto decision = decide(policy(), file, after(hours(2)));
    ASSERT_EQ(decision.follow_ups.size(), 1U);
    EXPECT_EQ(decision.follow_ups[0].deed, Deed(Block{file.network.range, days(30)}));
}

// ---- trust ---------------------------------------------------------------------

struct TrustRow {
    const char* name;
    Proof proof;
    FollowUpState state;
    Seconds waits;
};

TEST(TrustTable, tells_how_far_a_failure_may_go_and_when) {
    for (const auto& row : std::vector<TrustRow>{
             {"signed, born here", signed_born_here, FollowUpState::due, hours(0)},
             {"signed, outside", signed_from_outside, FollowUpState::due, hours(24)},
             {"matched, born here", matched_born_here, FollowUpState::due, hours(24)},
             {"matched, outside", matched_from_outside, FollowUpState::held, hours(0)},
             {"unknown", unknown, FollowUpState::proposed, hours(0)},
             {"unknown, born here", {Trust::unknown, true}, FollowUpState::proposed, hours(0)}}) {
        CaseFile file = case_of({"abuse@example.net"});
        file.replies = {reply(file, 0, Outcome::recipient_unknown, row.proof, after(hours(3)))};
        const auto decision = decide(policy(), file, after(hours(4)));
        EXPECT_EQ(decision.follow_ups.size(), 3U) << row.name;
        for (const auto& follow_up : decision.follow_ups) {
            EXPECT_EQ(text(follow_up.state), text(row.state)) << row.name;
            EXPECT_EQ(follow_up.due_at, after(hours(3)) + row.waits) << row.name;
        }
    }
}

TEST(Trust, settling_takes_the_configured_time) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::mailbox_full, signed_from_outside, after(hours(1)))};
    Policy patient = policy();
    patient.settle = hours(48);
    EXPECT_EQ(decide(patient, file, after(hours(2))).follow_ups.at(0).due_at, after(hours(49)));
}

TEST(Trust, another_recipient_than_the_contact_is_held) {
    for (const auto proof : {signed_born_here, signed_from_outside, matched_born_here}) {
        CaseFile file = case_of({"abuse@example.net"});
        file.replies = {reply(file, 0, Outcome::mailbox_full, proof)};
        file.replies[0].verdicts = {{"member@example.net", "", Outcome::mailbox_full}};
        EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(2)))),
                  Lines{"held block 198.51.100.0/24"});
    }
}

// Original-Recipient is what whoever sent the message wrote: ORCPT.
TEST(Trust, the_original_recipient_has_not_failed_where_another_is_the_final_one) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here)};
    file.replies[0].verdicts = {{"member@example.net", "Abuse@EXAMPLE.net", Outcome::mailbox_full}};
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(2)))),
              Lines{"held block 198.51.100.0/24"});
    file.replies[0].verdicts = {{"", "Abuse@EXAMPLE.net", Outcome::mailbox_full}};
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(2)))),
              Lines{"due block 198.51.100.0/24"});
}

TEST(Trust, a_closed_mailbox_that_only_an_automatic_reply_tells_of_is_held) {
    for (const auto proof : {signed_born_here, signed_from_outside}) {
        CaseFile file = case_of({"abuse@example.net"});
        file.replies = {reply(file, 0, Outcome::recipient_unknown, proof)};
        file.replies[0].said_by_auto_reply = true;
        EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(2)))),
                  (Lines{"held report abuse@example.net", "held notice example.net",
                         "held block 198.51.100.0/24"}));
    }
}

TEST(Trust, a_token_speaks_for_its_own_contact_alone) {
    CaseFile file = case_of({"abuse@example.net", "noc@example.com"});
    file.replies = {reply(file, 0, Outcome::lost_connection, signed_from_outside)};
    file.replies[0].verdicts.push_back({"noc@example.com", "", Outcome::lost_connection});
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(2)))),
              (Lines{"due report abuse@example.net", "held report noc@example.com",
                     "held block 198.51.100.0/24"}));
}

TEST(Trust, the_better_proven_of_two_failures_counts) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::mailbox_full, unknown),
                    reply(file, 0, Outcome::mailbox_full, signed_born_here, after(hours(2))),
                    reply(file, 0, Outcome::mailbox_full, matched_from_outside)};
    const auto decision = decide(policy(), file, after(hours(3)));
    EXPECT_EQ(follow_ups(decision), Lines{"due block 198.51.100.0/24"});
    EXPECT_EQ(decision.follow_ups[0].due_at, after(hours(2)));
}

TEST(Trust, of_two_equally_proven_reasons_the_milder_counts) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::recipient_unknown, signed_born_here),
                    reply(file, 0, Outcome::mailbox_full, signed_born_here, after(hours(2)))};
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(3)))),
              Lines{"due block 198.51.100.0/24"});
}

TEST(Trust, every_follow_up_tells_why) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::recipient_unknown, matched_from_outside)};
    const auto decision = decide(policy(), file, after(hours(2)));
    for (const auto& follow_up : decision.follow_ups) {
        EXPECT_NE(follow_up.reason.find("abuse@example.net"), std::string::npos);
        EXPECT_NE(follow_up.reason.find("recipient-unknown"), std::string::npos);
        EXPECT_NE(follow_up.reason.find("matched"), std::string::npos);
        EXPECT_EQ(follow_up.reason.find('\n'), std::string::npos);
    }
    EXPECT_NE(decision.why, "");
}

// ---- time --------------------------------------------------------------------------------------

TEST(Age, of_a_reply_beyond_60_days_lets_nothing_follow) {
    for (const auto& [age, expected] : std::vector<std::pair<Seconds, Lines>>{
             {days(60), {"due block 198.51.100.0/24"}}, {days(60) + Seconds(1), {}}}) {
        CaseFile file = case_of({"abuse@example.net"});
        file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here)};
        file.replies[0].recorded_at = file.replies[0].received_at + age;
        EXPECT_EQ(follow_ups(decide(policy(), file, after(days(90)))), expected);
    }
}

TEST(Age, of_an_acknowledgement_beyond_60_days_cancels_nothing) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here),
                    reply(file, 0, Outcome::acknowledged, signed_from_outside, after(hours(2)))};
    file.replies[1].recorded_at = after(days(70));
    EXPECT_EQ(follow_ups(decide(policy(), file, after(days(70)))),
              Lines{"due block 198.51.100.0/24"});
}

TEST(Age, a_reply_dated_before_the_complaint_does_not_answer_it) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here, after(-days(2)))};
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(2)))), Lines{});
}

TEST(Age, a_proven_acknowledgement_dated_before_the_complaint_casts_doubt) {
    for (const auto& [proof, expected] :
         {std::pair{signed_from_outside, "held"}, std::pair{matched_from_outside, "due"}}) {
        CaseFile file = case_of({"abuse@example.net"});
        file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here),
                        reply(file, 0, Outcome::acknowledged, proof, after(-days(2)))};
        EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(2)))),
                  Lines{expected + std::string(" block 198.51.100.0/24")});
    }
}

TEST(Age, a_clock_that_is_a_little_slow_is_forgiven) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::mailbox_full, signed_born_here, after(-hours(2)))};
    EXPECT_EQ(follow_ups(decide(policy(), file, after(hours(2)))),
              Lines{"due block 198.51.100.0/24"});
}

}  // namespace

}  // namespace ndr
