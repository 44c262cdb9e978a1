#include "ndr_triage/ledger/outages.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/ledger/cases.hpp"
#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"
#include "support/casework.hpp"

namespace ndr {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using support::noon;

// Every complaint is about an address of a network of its own, to one contact.
class Outages : public support::LedgerTest {
protected:
    Outages() { policy_.asks_mail_hosts = true; }
    // What came of a complaint to abuse@DOMAIN, signed and born here unless told otherwise.
    void happened(const std::string& domain, Outcome outcome, Trust trust = Trust::is_signed) {
        at_ += minutes(1);
        const std::string contact = "abuse@" + domain;
        const auto id = complain_alone(fmt::format("203.0.113.{}", ++count_), {contact});
        answer({id, 0, contact, outcome, trust, true, at_});
    }
    void lost(int from, int until) {
        for (int i = from; i < until; ++i)
            happened(fmt::format("lost{}.example.net", i), Outcome::lost_connection);
    }
    std::vector<RecentReply> recent(Instant now) {
        std::vector<RecentReply> replies;
        ledger_.read([&] { replies = recent_replies(ledger_, policy_.reply_age, now); });
        return replies;
    }
    bool note() {
        bool has_changed = false;
        const auto replies = summed(recent(at_));
        ledger_.write([&] { has_changed = note_outage(ledger_, replies, at_); });
        for (const auto complaint : pending())
            ledger_.write([&] { decide_case(ledger_, policy_, complaint, at_); });
        return has_changed;
    }
    std::vector<std::int64_t> pending() {
        std::vector<std::int64_t> complaints;
        ledger_.read([&] { complaints = complaints_to_look_at(ledger_, at_); });
        return complaints;
    }
    // How many follow-ups of that kind are in that state.
    int count(FollowUpKind kind, FollowUpState state) {
        int found = 0;
        ledger_.read([&] {
            for (const auto& row : list_follow_ups(ledger_, {}))
                found +=
                    kind_of(row.follow_up.deed) == kind && row.follow_up.state == state ? 1 : 0;
        });
        return found;
    }

    Instant at_ = noon + hours(1);
    int count_ = 0;
};

}  // namespace

TEST_F(Outages, are_told_by_final_replies_that_prove_something) {
    happened("a.example.net", Outcome::lost_connection);
    happened("b.example.net", Outcome::refused);
    happened("c.example.net", Outcome::undetermined);
    happened("d.example.net", Outcome::acknowledged, Trust::matched);
    happened("e.example.net", Outcome::delayed);
    happened("f.example.net", Outcome::unrelated);
    happened("g.example.net", Outcome::recipient_unknown, Trust::unknown);
    std::vector<std::string> domains;
    for (const auto& reply : recent(at_))
        domains.push_back(reply.domain);
    EXPECT_EQ(domains, (std::vector<std::string>{"d.example.net", "c.example.net", "b.example.net",
                                                 "a.example.net"}));
    EXPECT_TRUE(recent(at_ + days(60)).empty());
    EXPECT_TRUE(recent(noon).empty());  // nobody has come from the future
}

// A stranger can answer a complaint that he was shown, as often as he likes.
TEST_F(Outages, are_not_a_single_domains_to_bring_about_or_to_end) {
    lost(0, 12);
    for (int i = 0; i < 30; ++i)
        happened("loud.example.com", Outcome::acknowledged, Trust::matched);
    EXPECT_EQ(summed(recent(at_)).text(),
              "12 of the last 16 final replies, of 13 domains, are lost-connection");
    for (int i = 0; i < 30; ++i)
        happened(fmt::format("fine{}.example.com", i), Outcome::mailbox_full);
    EXPECT_EQ(summed(recent(at_)).text(),
              "0 of the last 20 final replies, of 20 domains, are lost-connection");
}

TEST_F(Outages, hold_what_rests_on_lost_connections_until_they_are_over) {
    happened("full.example.com", Outcome::mailbox_full);
    lost(0, 4);
    EXPECT_TRUE(note());
    EXPECT_EQ(count(FollowUpKind::block, FollowUpState::held), 4);
    EXPECT_EQ(count(FollowUpKind::report, FollowUpState::held), 4);
    EXPECT_EQ(count(FollowUpKind::block, FollowUpState::due), 1);
    EXPECT_FALSE(note());
    lost(4, 5);  // decided while it lasts
    EXPECT_EQ(count(FollowUpKind::block, FollowUpState::held), 5);
    for (int i = 0; i < 3; ++i)
        happened(fmt::format("fine{}.example.com", i), Outcome::acknowledged);
    EXPECT_FALSE(note());  // five of nine
    happened("fine4.example.com", Outcome::refused);
    EXPECT_TRUE(note());  // five of ten
    EXPECT_EQ(count(FollowUpKind::block, FollowUpState::held), 0);
    EXPECT_EQ(count(FollowUpKind::report, FollowUpState::held), 0);
    EXPECT_EQ(count(FollowUpKind::block, FollowUpState::due), 6);
}

TEST_F(Outages, say_when_they_began_and_why) {
    lost(0, 5);
    note();
    std::optional<Outage> outage;
    ledger_.read([&] { outage = current_outage(ledger_); });
    ASSERT_TRUE(outage);
    EXPECT_EQ(outage->began_at, at_);
    EXPECT_EQ(outage->reason,
              "on 2026-11-20T13:05:00Z, 5 of the last 5 final replies, of 5 domains, are "
              "lost-connection");
}

}  // namespace ndr
