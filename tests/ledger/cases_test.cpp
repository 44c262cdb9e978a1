// What one complaint's decision means for the others.
#include "ndr_triage/ledger/cases.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/ledger/follow_ups.hpp"
#include "ndr_triage/ledger/notices.hpp"
#include "support/casework.hpp"
#include "support/ledger_file.hpp"

namespace ndr {

namespace {

using std::chrono::days;
using std::chrono::hours;
using support::Answer;
using support::noon;

class Cases : public support::LedgerTest {
protected:
    Cases() {
        ledger_.write([&] { put_network(ledger_, support::registered_network()); });
    }
    std::int64_t complain(const std::vector<std::string>& contacts, Instant at,
                          bool was_sent = true) {
        const std::string id = fmt::format("c{}@example.org", ++complaints_);
        Complaint complaint = support::complaint_to("", id);
        complaint.sent_at = at;
        complaint.copies.clear();
        for (const auto& contact : contacts)
            complaint.copies.push_back({contact, id, was_sent});
        return take(complaint, at);
    }
    void bounce(std::int64_t complaint, Instant at, bool is_born_here = true) {
        answer({complaint, 0, "abuse@example.net", Outcome::recipient_unknown, Trust::is_signed,
                is_born_here, at});
    }
    void acknowledge(std::int64_t complaint, Instant at) {
        answer({complaint, 0, "abuse@example.net", Outcome::acknowledged, Trust::is_signed, false,
                at});
    }
    // "1 due block 203.0.113.0/24"
    std::vector<std::string> follow_ups() {
        std::vector<std::string> lines;
        ledger_.read([&] {
            for (const auto& row : list_follow_ups(ledger_, {}))
                lines.push_back(fmt::format(
                    "{} {} {} {}", row.complaint, row.done_at ? "done" : text(row.follow_up.state),
                    text(kind_of(row.follow_up.deed)), target_of(row.follow_up.deed)));
        });
        return lines;
    }
    void carry_out_all(Instant at) {
        support::LedgerFile(directory_.at("ledger.sqlite3"))
            .execute("UPDATE follow_up SET state = 'done', done_at = " +
                     std::to_string(unix_seconds(at)) + " WHERE state = 'due'");
    }

    using Lines = std::vector<std::string>;
    const Lines all_of_first_{"1 due block 203.0.113.0/24", "1 due notice example.net",
                              "1 due report abuse@example.net"};
    const Lines all_of_second_{"2 due block 203.0.113.0/24", "2 due notice example.net",
                               "2 due report abuse@example.net"};
    int complaints_ = 0;
};

}  // namespace

TEST_F(Cases, two_complaints_to_the_same_dead_contact_ask_once) {
    complain({"abuse@example.net"}, noon);
    complain({"abuse@example.net"}, noon + hours(1));
    bounce(1, noon + hours(2));
    EXPECT_EQ(follow_ups(), all_of_first_);
    bounce(2, noon + hours(3));
    EXPECT_EQ(follow_ups(), all_of_first_);
}

TEST_F(Cases, the_order_of_their_bounces_does_not_matter) {
    complain({"abuse@example.net"}, noon);
    complain({"abuse@example.net"}, noon + hours(1));
    bounce(2, noon + hours(3));
    EXPECT_EQ(follow_ups(), all_of_second_);
    bounce(1, noon + hours(2));
    EXPECT_EQ(follow_ups(), all_of_first_);
}

TEST_F(Cases, what_one_gives_up_the_other_takes_over) {
    complain({"abuse@example.net"}, noon);
    complain({"abuse@example.net"}, noon + hours(1));
    bounce(1, noon + hours(2));
    bounce(2, noon + hours(3));
    acknowledge(1, noon + hours(4));
    EXPECT_EQ(follow_ups(), all_of_second_);
}

TEST_F(Cases, what_was_done_is_not_asked_for_again) {
    complain({"abuse@example.net"}, noon);
    complain({"abuse@example.net"}, noon + hours(1));
    bounce(1, noon + hours(2));
    carry_out_all(noon + hours(2));
    bounce(2, noon + hours(3));
    EXPECT_EQ(follow_ups(), (Lines{"1 done block 203.0.113.0/24", "1 done notice example.net",
                                   "1 done report abuse@example.net"}));
}

// It has another network by then, so the heir must be found by what was asked for.
TEST_F(Cases, what_one_gives_up_by_moving_to_another_network_the_other_takes_over) {
    complain({"abuse@example.net"}, noon);
    complain({"abuse@example.net"}, noon + hours(1));
    bounce(1, noon + hours(2));
    bounce(2, noon + hours(3));
    Network narrower = support::registered_network();
    narrower.range = AddressRange::parse("203.0.113.0/28").value();
    ledger_.write([&] {
        move_complaint(ledger_, 1, put_network(ledger_, narrower).id, noon + hours(4));
        decide_case(ledger_, policy_, 1, noon + hours(4));
    });
    EXPECT_EQ(follow_ups(), (Lines{"1 due block 203.0.113.0/28", "1 due notice example.net",
                                   "1 due report abuse@example.net", "2 due block 203.0.113.0/24",
                                   "2 due report abuse@example.net"}));
}

// An earlier complaint is decided again although nothing of its own changed.
TEST_F(Cases, a_notice_is_shared_by_networks_too) {
    Complaint elsewhere = support::complaint_to("abuse@example.net", "e@example.org");
    elsewhere.address = Address::parse("198.51.100.7").value();
    elsewhere.sent_at = noon - hours(1);
    const auto other = take(elsewhere, noon);
    complain({"abuse@example.net"}, noon);
    bounce(other, noon + hours(2));
    bounce(2, noon + hours(1));
    EXPECT_EQ(follow_ups(),
              (Lines{"1 proposed block 198.51.100.0/24", "1 proposed report abuse@example.net",
                     "2 due block 203.0.113.0/24", "2 due notice example.net",
                     "2 due report abuse@example.net"}));
    acknowledge(2, noon + hours(3));
    EXPECT_EQ(follow_ups(), (Lines{"1 proposed block 198.51.100.0/24", "1 due notice example.net",
                                   "1 proposed report abuse@example.net"}));
}

TEST_F(Cases, a_complaint_that_no_contact_can_take_is_decided_at_once) {
    complain({"abuse@example.net"}, noon);
    bounce(1, noon + hours(2));
    carry_out_all(noon + hours(2));
    complain({"abuse@example.net"}, noon + days(20), false);
    EXPECT_EQ(follow_ups().size(), 3U);  // all of it was done lately
    Network network = support::registered_network();
    network.range = AddressRange::parse("198.51.100.0/24").value();
    ledger_.write([&] { put_network(ledger_, network); });
    Complaint elsewhere = support::complaint_to("abuse@example.net", "e@example.org");
    elsewhere.address = network.range.first;
    elsewhere.sent_at = noon + days(21);
    elsewhere.copies[0].was_sent = false;
    take(elsewhere, noon + days(21));
    EXPECT_EQ(follow_ups(), (Lines{"3 due block 198.51.100.0/24", "3 due report abuse@example.net",
                                   "1 done block 203.0.113.0/24", "1 done notice example.net",
                                   "1 done report abuse@example.net"}));
}

TEST_F(Cases, what_made_the_contact_known_dead_is_looked_at_again_when_it_changes) {
    complain({"abuse@example.net"}, noon);
    bounce(1, noon + hours(2));
    complain({"abuse@example.net"}, noon + days(2), false);
    EXPECT_EQ(follow_ups(), all_of_first_);
    acknowledge(1, noon + hours(3));  // it comes late: neither complaint has a failed contact now
    EXPECT_EQ(follow_ups(), Lines{});
}

TEST_F(Cases, a_failure_is_known_for_its_term_only) {
    complain({"abuse@example.net"}, noon);
    bounce(1, noon + hours(2));
    carry_out_all(noon + hours(2));
    complain({"abuse@example.net"}, noon + hours(2) + days(30), false);
    EXPECT_EQ(follow_ups().size(), 3U);
    ledger_.read([&] {
        EXPECT_EQ(load_case(ledger_, 2, policy_, noon + days(31)).history.failures.size(), 0U);
    });
}

// A bounce that could be forged is held; nothing follows from it for what is sent later.
TEST_F(Cases, a_failure_that_is_only_held_is_not_known) {
    complain({"abuse@example.net"}, noon);
    answer({1, 0, "abuse@example.net", Outcome::recipient_unknown, Trust::matched, false,
            noon + hours(2)});
    complain({"abuse@example.net"}, noon + days(1), false);
    ledger_.read([&] {
        EXPECT_EQ(load_case(ledger_, 2, policy_, noon + days(1)).history.failures.size(), 0U);
    });
}

TEST_F(Cases, a_failure_from_before_the_contact_worked_is_not_known) {
    complain({"abuse@example.net"}, noon);
    bounce(1, noon + hours(2));
    complain_alone("198.51.100.7", {"abuse@example.net"});
    complain({"abuse@example.net"}, noon + days(2), false);
    const auto failures = [&] {
        std::size_t count = 0;
        ledger_.read([&] {
            count = load_case(ledger_, 3, policy_, noon + days(3)).history.failures.size();
        });
        return count;
    };
    EXPECT_EQ(failures(), 1U);
    acknowledge(2, noon + hours(1));
    EXPECT_EQ(failures(), 1U);
    acknowledge(2, noon + hours(3));
    EXPECT_EQ(failures(), 0U);
    EXPECT_EQ(follow_ups(), all_of_first_);
}

TEST_F(Cases, a_failure_is_not_known_any_more_once_somebody_answered_the_notice) {
    const auto first = complain_alone("198.51.100.7", {"abuse@example.net"});
    bounce(first, noon + hours(2));
    complain({"abuse@example.net"}, noon + days(2), false);
    const Lines of_first{"1 due block 198.51.100.7/32", "1 due notice example.net",
                         "1 due report abuse@example.net"};
    EXPECT_EQ(follow_ups().size(), of_first.size() + 2);
    const auto to_look_at = [&](Instant now) {
        std::vector<std::int64_t> cases;
        ledger_.read([&] { cases = complaints_to_look_at(ledger_, now); });
        return cases;
    };
    ledger_.write([&] { note_answer(ledger_, "abuse@example.net", noon + days(3)); });
    EXPECT_EQ(to_look_at(noon + days(3)), std::vector<std::int64_t>{2});
    ledger_.write([&] { decide_case(ledger_, policy_, 2, noon + days(3)); });
    EXPECT_EQ(follow_ups(), of_first);
    ledger_.write([&] { note_answer(ledger_, "abuse@example.net", noon + days(3)); });
    EXPECT_TRUE(to_look_at(noon + days(3)).empty());
}

// Our relay was away: that is no word of the contact.
TEST_F(Cases, a_copy_that_our_own_mta_did_not_take_leans_on_no_failure) {
    complain({"abuse@example.net"}, noon);
    bounce(1, noon + hours(2));
    complain({"abuse@example.net"}, noon + hours(3));
    ledger_.write([&] {
        mark_not_sent(ledger_, 2, 0, "no relay");
        decide_case(ledger_, policy_, 2, noon + hours(4));
    });
    ledger_.read([&] {
        const CaseFile file = load_case(ledger_, 2, policy_, noon + hours(4));
        EXPECT_FALSE(file.complaint.copies[0].was_sent);
        EXPECT_EQ(file.complaint.copies[0].fault, "no relay");
        EXPECT_TRUE(file.history.failures.empty());
    });
    EXPECT_EQ(follow_ups(), all_of_first_);
    acknowledge(1, noon + hours(5));
    EXPECT_EQ(follow_ups(), Lines{});
}

TEST_F(Cases, the_latest_complaint_of_a_network_that_only_acknowledges_proposes_a_block) {
    for (int i = 0; i < 5; ++i) {
        complain({"abuse@example.net"}, noon + days(i));
        acknowledge(i + 1, noon + days(i) + hours(1));
        EXPECT_EQ(follow_ups().size(), i < 4 ? 0U : 1U) << i;
    }
    EXPECT_EQ(follow_ups(), Lines{"5 proposed block 203.0.113.0/24"});
    complain({"abuse@example.net"}, noon + days(6));
    EXPECT_EQ(follow_ups(), Lines{"6 proposed block 203.0.113.0/24"});
    complain({"abuse@example.net"}, noon + days(60));
    EXPECT_EQ(follow_ups(), Lines{});
}

TEST_F(Cases, complaints_to_no_contact_propose_at_once) {
    complain({}, noon);
    EXPECT_EQ(follow_ups(),
              (Lines{"1 proposed block 203.0.113.0/24", "1 proposed report 203.0.113.0/24"}));
}

// A person may approve it from a review that showed what is withdrawn by now.
TEST_F(Cases, the_number_of_a_follow_up_that_was_withdrawn_never_comes_again) {
    const std::string numbers = "SELECT min(id), max(id) FROM follow_up";
    support::LedgerFile file(directory_.at("ledger.sqlite3"));
    complain({"abuse@example.net"}, noon);
    bounce(1, noon + hours(2));
    bounce(1, noon + hours(2), false);
    EXPECT_EQ(file.rows(numbers)[0], (Lines{"1", "3"}));
    acknowledge(1, noon + hours(3));
    EXPECT_EQ(follow_ups(), Lines{});
    complain_alone("198.51.100.7", {"abuse@example.com"});
    answer(
        {2, 0, "abuse@example.com", Outcome::mailbox_full, Trust::matched, false, noon + hours(4)});
    EXPECT_EQ(follow_ups(), (Lines{"2 held block 198.51.100.7/32"}));
    EXPECT_EQ(file.rows(numbers)[0], (Lines{"4", "4"}));
}

TEST_F(Cases, standings_lie_with_the_copies) {
    complain({"abuse@example.net", "noc@example.com"}, noon);
    bounce(1, noon + hours(2), false);
    const auto rows = support::LedgerFile(directory_.at("ledger.sqlite3"))
                          .rows(
                              "SELECT state, outcome, trust, allows, due_at - stands_since, "
                              "stands_since FROM copy ORDER BY position");
    EXPECT_EQ(rows[0], (Lines{"failed", "recipient-unknown", "signed", "due", "86400",
                              std::to_string(unix_seconds(noon + hours(2)))}));
    EXPECT_EQ(rows[1], (Lines{"silent", "", "unknown", "proposed", "", ""}));
}

TEST_F(Cases, more_blocks_than_a_day_may_have_are_held) {
    policy_.blocks_a_day = 2;
    for (int i = 0; i < 3; ++i) {
        Network network = support::registered_network();
        network.range = AddressRange::parse(fmt::format("198.51.100.{}/28", i * 16)).value();
        ledger_.write([&] { put_network(ledger_, network); });
        const std::string id = fmt::format("d{}@example.org", i);
        Complaint complaint = support::complaint_to("abuse@example.net", id);
        complaint.address = network.range.first;
        take(complaint, noon);
        answer({i + 1, 0, "abuse@example.net", Outcome::mailbox_full, Trust::is_signed, true,
                noon + hours(1)});
    }
    const Lines expected{"1 due block 198.51.100.0/28", "2 due block 198.51.100.16/28",
                         "3 held block 198.51.100.32/28"};
    EXPECT_EQ(follow_ups(), expected);
    ledger_.write([&] { decide_case(ledger_, policy_, 1, noon + hours(2)); });
    EXPECT_EQ(follow_ups(), expected);
}

}  // namespace ndr
