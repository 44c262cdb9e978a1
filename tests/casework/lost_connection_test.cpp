#include "ndr_triage/casework/lost_connection.hpp"

#include <gtest/gtest.h>

#include "cases.hpp"

namespace ndr {

namespace {

using namespace cases;

// Both contacts' connections were lost, an hour after the complaint.
class LostConnections : public ::testing::Test {
protected:
    LostConnections() {
        for (std::size_t copy : {0U, 1U})
            file_.replies.push_back(
                reply(file_, copy, Outcome::lost_connection, signed_born_here, after(hours(1))));
    }
    void probe(const std::string& domain, MailHostState state, Instant at = after(hours(2))) {
        file_.history.probes.push_back({domain, at, {state, "mx." + domain + ": seen"}});
    }
    // State and reason of a follow-up.
    FollowUp found(FollowUpKind kind, const Policy& with = policy()) const {
        for (const auto& follow_up : decide(with, file_, after(days(1))).follow_ups) {
            if (kind_of(follow_up.deed) == kind) return follow_up;
        }
        ADD_FAILURE() << "no such follow-up";
        return {};
    }
    FollowUpState state(const Policy& with = policy()) const {
        return found(FollowUpKind::block, with).state;
    }
    void expect_held_for(const std::string& reason) const {
        const FollowUp block = found(FollowUpKind::block);
        EXPECT_EQ(text(block.state), "held") << block.reason;
        EXPECT_NE(block.reason.find(reason), std::string::npos) << block.reason;
    }

    CaseFile file_ = case_of({"abuse@example.net", "noc@example.com"});
};

TEST_F(LostConnections, block_once_nobody_was_there) {
    EXPECT_EQ(state(), FollowUpState::due);  // act asks before it carries it out
    probe("example.net", MailHostState::unreachable);
    probe("example.com", MailHostState::unreachable);
    const FollowUp block = found(FollowUpKind::block);
    EXPECT_EQ(block.state, FollowUpState::due);
    EXPECT_NE(block.reason.find("the mail host of example.com was out of reach on "
                                "2026-10-12T10:00:00Z (mx.example.com: seen)"),
              std::string::npos)
        << block.reason;
}

TEST_F(LostConnections, wait_for_a_person_if_one_mail_host_answers) {
    probe("example.net", MailHostState::unreachable);
    probe("example.com", MailHostState::answers);
    expect_held_for("the mail host of example.com answered on 2026-10-12T10:00:00Z");
    probe("example.com", MailHostState::unreachable, after(hours(3)));
    expect_held_for("answered on 2026-10-12T10:00:00Z");
}

TEST_F(LostConnections, wait_until_dns_and_the_control_host_answer) {
    probe("example.net", MailHostState::unsure);
    expect_held_for("the mail host of example.net could not be asked");
    probe("example.net", MailHostState::offline, after(hours(3)));
    expect_held_for("the control host was out of reach on 2026-10-12T11:00:00Z");
    probe("example.net", MailHostState::unreachable, after(hours(4)));
    EXPECT_EQ(state(), FollowUpState::due);
}

TEST_F(LostConnections, are_not_judged_by_what_was_found_before_or_elsewhere) {
    probe("example.net", MailHostState::answers, after(hours(1)) - Seconds(1));
    probe("example.org", MailHostState::answers);
    EXPECT_EQ(state(), FollowUpState::due);
}

TEST_F(LostConnections, wait_for_a_person_where_nobody_can_be_asked) {
    Policy without = policy();
    without.asks_mail_hosts = false;
    EXPECT_EQ(state(without), FollowUpState::held);
    EXPECT_EQ(text(found(FollowUpKind::report, without).state), "due");
}

// A contact that is known dead counts as well.
TEST_F(LostConnections, of_an_earlier_complaint_count_as_well) {
    file_ = case_of({"abuse@example.net"});
    file_.complaint.copies[0].was_sent = false;
    file_.history.failures = {known_failure("abuse@example.net", Outcome::lost_connection)};
    EXPECT_EQ(state(), FollowUpState::due);
    probe("example.net", MailHostState::answers, after(-days(1)));
    EXPECT_EQ(state(), FollowUpState::held);
}

TEST_F(LostConnections, say_nothing_of_other_failures) {
    file_.replies = {reply(file_, 0, Outcome::recipient_unknown, signed_born_here),
                     reply(file_, 1, Outcome::mailbox_full, signed_born_here)};
    probe("example.net", MailHostState::answers);
    Policy without = policy();
    without.asks_mail_hosts = false;
    EXPECT_EQ(state(without), FollowUpState::due);
}

// Who approves it has seen the reason, and takes it upon himself.
TEST_F(LostConnections, block_where_a_person_approved) {
    probe("example.net", MailHostState::answers);
    file_.rulings = {{FollowUpKind::block, "198.51.100.0/24", Ruling::Verb::approve, "",
                      after(hours(5)), "jo", ""}};
    EXPECT_EQ(state(), FollowUpState::due);
    EXPECT_EQ(found(FollowUpKind::block).approved_by, "jo");
}

TEST_F(LostConnections, want_a_look_unless_every_mail_host_was_out_of_reach) {
    const auto doubt = [&](const Deed& deed) {
        const auto decision = decide(policy(), file_, after(days(1)));
        return doubt_about(deed, decision.contacts, policy(), file_.history);
    };
    const Block block{file_.network.range, days(30)};
    const RegistryReport report{Rir::apnic, "noc@example.com"};
    EXPECT_EQ(doubt(block), "the mail host of abuse@example.net was not asked yet");
    EXPECT_EQ(doubt(report), "");
    probe("example.net", MailHostState::unreachable);
    EXPECT_EQ(doubt(block), "the mail host of noc@example.com was not asked yet");
    probe("example.com", MailHostState::unreachable);
    EXPECT_EQ(doubt(block), "");
    for (const auto state :
         {MailHostState::unsure, MailHostState::offline, MailHostState::answers}) {
        file_.history.probes.pop_back();
        probe("example.com", state);
        EXPECT_NE(doubt(block), "") << text(state);
        EXPECT_EQ(doubt(report), "");
    }
    file_.history.outage = "12 of the last 20";
    EXPECT_EQ(doubt(block), "the fault may be ours: 12 of the last 20");
    EXPECT_EQ(doubt(report), "the fault may be ours: 12 of the last 20");
    EXPECT_EQ(doubt(PostmasterNotice{"example.com"}), "");
}

}  // namespace

}  // namespace ndr
