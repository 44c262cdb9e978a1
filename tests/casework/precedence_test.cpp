// What other complaints already see to, and what a block before means for the next.
#include <gtest/gtest.h>

#include "cases.hpp"

namespace ndr {

namespace {

using namespace cases;

const Deed the_report = RegistryReport{Rir::apnic, "abuse@example.net"};
const Deed the_notice = PostmasterNotice{"example.net"};

class Precedence : public ::testing::Test {
protected:
    Precedence() {
        file_.replies = {reply(file_, 0, Outcome::recipient_unknown, signed_born_here)};
        block_ = Block{file_.network.range, days(30)};
    }
    Decision decided(Instant now = after(hours(2))) const { return decide(rules_, file_, now); }
    Lines rest() const { return follow_ups(decided()); }
    void know(const KnownFollowUp& known) { file_.history.follow_ups = {known}; }
    Seconds term() const {
        for (const auto& follow_up : decided().follow_ups) {
            if (const auto* found = std::get_if<Block>(&follow_up.deed)) return found->term;
        }
        return Seconds(0);
    }

    CaseFile file_ = case_of({"abuse@example.net"});
    Policy rules_ = policy();
    Deed block_;
};

TEST_F(Precedence, leave_nothing_where_another_complaint_did_all_of_it) {
    file_.history.follow_ups = {done(the_report, sent), done(the_notice, sent), done(block_, sent)};
    EXPECT_EQ(rest(), Lines{});
    ASSERT_EQ(decided().seen_to.size(), 3U);
    EXPECT_EQ(decided().seen_to[0],
              "report abuse@example.net to APNIC: complaint 7 had it done on 2026-10-12; not again "
              "before 2027-01-10");
}

TEST_F(Precedence, of_a_report_or_notice_end_with_their_limit) {
    const Instant certain = after(hours(1));
    for (const Deed& deed : {the_report, the_notice}) {
        know(done(deed, certain - days(90) + Seconds(1)));
        EXPECT_EQ(rest().size(), 2U);
        know(done(deed, certain - days(90)));
        EXPECT_EQ(rest().size(), 3U);
    }
    rules_.repeat_limit = days(10);
    know(done(the_report, certain - days(10)));
    EXPECT_EQ(rest().size(), 3U);
}

// What was covered when it failed does not come up when the time is over.
TEST_F(Precedence, are_not_made_up_for_by_waiting) {
    file_.history.follow_ups = {done(the_report, sent), done(block_, sent)};
    EXPECT_EQ(follow_ups(decided(after(days(500)))), Lines{"due notice example.net"});
}

TEST_F(Precedence, of_a_block_begin_when_it_has_ended) {
    const Instant certain = after(hours(1));
    know(done(block_, certain - days(30) + Seconds(1)));
    EXPECT_EQ(rest(), (Lines{"due report abuse@example.net", "due notice example.net"}));
    know(done(block_, certain - days(30)));
    EXPECT_EQ(rest().size(), 3U);
}

TEST_F(Precedence, of_a_block_begin_when_it_was_lifted) {
    file_.history.follow_ups = {done(block_, after(-days(9))),
                                done(Lift{file_.network.range}, after(-days(1)))};
    EXPECT_EQ(rest().size(), 3U);
    file_.history.follow_ups[1].done_at = after(days(1));
    EXPECT_EQ(rest().size(), 2U);
}

// Of two that are due the one that may be carried out first stays, then the one sent first.
TEST_F(Precedence, of_what_is_due_leave_it_to_the_first) {
    know(due(the_report, after(Seconds(1800))));
    EXPECT_EQ(rest(), (Lines{"due notice example.net", "due block 198.51.100.0/24"}));
    EXPECT_EQ(decided().seen_to,
              Lines{"report abuse@example.net to APNIC: complaint 7 has it due"});
    know(due(the_report, after(hours(2))));
    EXPECT_EQ(rest().size(), 3U);
    know(due(the_report, after(hours(1))));
    EXPECT_EQ(rest().size(), 2U);
    file_.history.follow_ups[0].sent_at = after(days(1));
    EXPECT_EQ(rest().size(), 3U);
}

TEST_F(Precedence, what_is_held_leaves_it_to_what_is_due) {
    file_.replies = {reply(file_, 0, Outcome::mailbox_full, matched_from_outside)};
    EXPECT_EQ(rest(), Lines{"held block 198.51.100.0/24"});
    know(due(block_, after(days(9))));
    EXPECT_EQ(rest(), Lines{});
}

TEST_F(Precedence, of_another_target_do_not_matter) {
    file_.history.follow_ups = {due(RegistryReport{Rir::apnic, "noc@example.net"}, sent),
                                due(PostmasterNotice{"example.com"}, sent),
                                due(Call{"+1-555-0100"}, sent)};
    EXPECT_EQ(rest().size(), 3U);
}

TEST_F(Precedence, what_this_complaint_had_done_itself_is_not_done_again_and_not_told_again) {
    know(done(block_, after(hours(1))));
    file_.history.follow_ups[0].complaint = file_.complaint.id;
    EXPECT_EQ(rest(), (Lines{"due report abuse@example.net", "due notice example.net"}));
    EXPECT_EQ(decided().seen_to, Lines{});
}

TEST_F(Precedence, its_own_due_follow_ups_are_no_reason_against_them) {
    know(due(block_, after(hours(1))));
    file_.history.follow_ups[0].complaint = file_.complaint.id;
    EXPECT_EQ(rest().size(), 3U);
}

// ---- how long ----------------------------------------------------------------------------------

TEST_F(Precedence, of_a_block_are_as_long_unless_configured) {
    know(done(Block{file_.network.range, days(7)}, after(-days(60))));
    EXPECT_EQ(term(), days(30));
}

TEST_F(Precedence, of_a_block_within_a_year_are_longer_by_the_factor_up_to_the_longest) {
    rules_.repeat_factor = 3;
    EXPECT_EQ(term(), days(30));  // the first
    know(done(block_, after(-days(60))));
    EXPECT_EQ(term(), days(90));
    know(done(Block{file_.network.range, days(90)}, after(-days(100))));
    EXPECT_EQ(term(), days(270));
    know(done(Block{file_.network.range, days(270)}, after(-days(300))));
    EXPECT_EQ(term(), days(365));
    rules_.longest_block = days(100);
    EXPECT_EQ(term(), days(100));
}

TEST_F(Precedence, of_a_block_that_ended_a_year_ago_are_the_first_again) {
    rules_.repeat_factor = 3;
    know(done(block_, after(hours(1)) - days(30) - days(365)));
    EXPECT_EQ(term(), days(30));
    know(done(block_, after(hours(1)) - days(30) - days(365) + Seconds(1)));
    EXPECT_EQ(term(), days(90));
}

// ---- lifting -----------------------------------------------------------------------------------

class Lifting : public Precedence {
protected:
    Lifting() {
        know(done(block_, after(days(1))));
        file_.replies = {};
    }
};

TEST_F(Lifting, is_proposed_by_an_acknowledgement_while_the_block_runs) {
    for (const auto proof : {signed_from_outside, matched_from_outside}) {
        file_.replies = {reply(file_, 0, Outcome::acknowledged, proof, after(days(2)))};
        const auto decision = decided(after(days(3)));
        EXPECT_EQ(follow_ups(decision), Lines{"proposed lift 198.51.100.0/24"});
        EXPECT_EQ(decision.follow_ups[0].trust, proof.trust);
        EXPECT_EQ(decision.look_again, after(days(31)));
    }
    EXPECT_EQ(follow_ups(decided(after(days(31)))), Lines{});
    EXPECT_EQ(decided(after(days(31))).look_again, std::nullopt);
}

TEST_F(Lifting, is_not_proposed_by_what_came_before_the_block_or_proves_nothing) {
    file_.replies = {reply(file_, 0, Outcome::acknowledged, signed_from_outside, after(hours(20))),
                     reply(file_, 0, Outcome::acknowledged, unknown, after(days(2)))};
    EXPECT_EQ(follow_ups(decided(after(days(3)))), Lines{});
}

TEST_F(Lifting, is_proposed_when_the_registry_names_other_contacts) {
    file_.network.contacts_changed_at = after(days(2));
    EXPECT_EQ(follow_ups(decided(after(days(3)))), Lines{});  // another complaint's block
    file_.history.follow_ups[0].complaint = file_.complaint.id;
    EXPECT_EQ(follow_ups(decided(after(days(3)))), Lines{"proposed lift 198.51.100.0/24"});
    EXPECT_EQ(follow_ups(decided(after(days(31)))), Lines{});
    file_.network.contacts_changed_at = after(hours(23));
    EXPECT_EQ(follow_ups(decided(after(days(3)))), Lines{});
}

TEST_F(Lifting, has_an_end_when_it_was_done) {
    file_.replies = {reply(file_, 0, Outcome::acknowledged, signed_from_outside, after(days(2)))};
    file_.history.follow_ups.push_back(done(Lift{file_.network.range}, after(days(3))));
    EXPECT_EQ(follow_ups(decided(after(days(3)))), Lines{});
}

}  // namespace

}  // namespace ndr
