#include "ndr_triage/ledger/summary.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/ledger/blocks.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"
#include "ndr_triage/ledger/rulings.hpp"
#include "support/casework.hpp"

namespace ndr {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using support::noon;

const Instant now = noon + days(10);

Instant at(const char* time) {
    return parse_instant(time).value();
}

// A ledger that is filled by each test; noon is 2026-11-20T12:00:00Z, a Friday.
class SummaryOf : public support::LedgerTest {
protected:
    std::int64_t complain(const std::string& about, std::vector<ComplaintCopy> copies,
                          Instant sent_at, const std::string& key = "") {
        Complaint complaint;
        complaint.address = Address::parse(about).value();
        complaint.sent_at = sent_at;
        complaint.subject = "Abuse";
        complaint.copies = std::move(copies);
        complaint.token_key = key;
        complaint.token_number = ++count_;
        return take(complaint, sent_at);
    }
    std::int64_t complain_to(const std::string& contact, Instant sent_at = noon) {
        return complain("203.0.113.7", {{contact, ""}}, sent_at);
    }
    void answer(std::int64_t complaint, Outcome outcome, Instant received_at,
                Trust trust = Trust::is_signed, const std::string& contact = "abuse@example.net") {
        ledger_.write([&] {
            support::file_answer(ledger_, policy_,
                                 {complaint, 0, contact, outcome, trust, true, received_at}, now);
        });
    }
    Summary summary(Instant since, Instant until, Instant clock = now) {
        Summary found;
        ledger_.read([&] { found = summarize(ledger_, {since, until}, clock); });
        return found;
    }
    Totals totals() { return summary(noon - days(1), noon + days(9)).totals; }

    std::uint64_t count_ = 0;
};

RankedRow row(std::string name, std::int64_t complaints, std::int64_t failed_contacts) {
    return {std::move(name), "", complaints, failed_contacts};
}

}  // namespace

TEST(PeriodBefore, is_as_long_and_ends_where_the_period_begins) {
    const Period period{noon, noon + hours(30)};
    EXPECT_EQ(period.before(), (Period{noon - hours(30), noon}));
    EXPECT_TRUE(period.contains(noon));
    EXPECT_FALSE(period.contains(noon + hours(30)));
}

TEST_F(SummaryOf, an_empty_ledger_is_zero_throughout) {
    const Summary found = summary(at("2026-10-21"), at("2026-11-20"));
    EXPECT_EQ(found.totals.complaints.all() + found.totals.replies.all(), 0);
    EXPECT_EQ(found.totals.first_reply, Wait{});
    EXPECT_EQ(found.totals.reports.size(), 0U);
    EXPECT_EQ(found.trend.size(), 30U);
    EXPECT_EQ(found.networks.rows.size() + found.domains.rows.size(), 0U);
    EXPECT_EQ(found.networks.others, 0);
}

TEST_F(SummaryOf, a_period_has_its_first_second_and_not_its_last) {
    const auto first = complain_to("abuse@example.net", noon);
    const auto second = complain_to("abuse@example.net", noon + days(1));
    answer(first, Outcome::refused, noon);
    answer(second, Outcome::delayed, noon + days(1));
    const Summary found = summary(noon, noon + days(1));
    EXPECT_EQ(found.totals.complaints.all(), 1);
    EXPECT_EQ(found.totals.replies.all(), 1);
    EXPECT_EQ(found.totals.replies.of(Outcome::refused), 1);
    const Summary next = summary(noon + days(1), noon + days(2));
    EXPECT_EQ(next.totals.replies.of(Outcome::delayed), 1);
    EXPECT_EQ(next.before.complaints, found.totals.complaints);
    EXPECT_EQ(next.before.replies, found.totals.replies);
}

TEST_F(SummaryOf, days_are_those_of_utc_and_none_is_left_out) {
    const auto late = complain_to("abuse@example.net", at("2026-11-20T23:59:59Z"));
    answer(late, Outcome::refused, at("2026-11-22T00:00:00Z"));
    const auto trend = summary(noon, noon + days(2)).trend;
    ASSERT_EQ(trend.size(), 3U);
    EXPECT_EQ(trend[0].from, at("2026-11-20"));
    EXPECT_EQ(trend[0].complaints.all(), 1);
    EXPECT_EQ(trend[1].complaints.all() + trend[1].replies.all(), 0);
    EXPECT_EQ(trend[2].from, at("2026-11-22"));
    EXPECT_EQ(trend[2].replies.of(Outcome::refused), 1);
    EXPECT_EQ(summary(at("2026-11-20"), at("2026-11-21")).trend.size(), 1U);
}

TEST_F(SummaryOf, a_long_period_is_told_by_weeks_from_monday) {
    complain_to("abuse@example.net", at("2026-11-15T23:59:59Z"));  // a Sunday
    complain_to("abuse@example.net", at("2026-11-16"));
    EXPECT_EQ(summary(noon - days(92), noon).step, days(1));
    const Summary found = summary(noon - days(92) - Seconds(1), noon);
    EXPECT_EQ(found.step, days(7));
    ASSERT_EQ(found.trend.size(), 14U);
    EXPECT_EQ(found.trend[0].from, at("2026-08-17"));
    EXPECT_EQ(found.trend[12].from, at("2026-11-09"));
    EXPECT_EQ(found.trend[12].complaints.all(), 1);
    EXPECT_EQ(found.trend[13].complaints.all(), 1);
}

TEST_F(SummaryOf, a_period_of_any_length_has_a_trend_that_fits_a_page) {
    complain_to("abuse@example.net", noon);
    for (const char* since : {"1970-01-01", "1600-02-29", "2024-08-02", "2020-01-01"}) {
        const Summary found = summary(at(since), noon + Seconds(1));
        EXPECT_LE(found.trend.size(), 121U) << since;
        EXPECT_EQ(found.trend.back().complaints.all(), 1) << since;
    }
}

TEST_F(SummaryOf, complaints_are_sent_recorded_or_not_sent) {
    complain("203.0.113.1", {{"abuse@example.net", ""}}, noon, "a");
    complain("203.0.113.2", {{"abuse@example.net", ""}}, noon);
    complain("203.0.113.3", {{"abuse@example.net", ""}}, noon);
    complain("203.0.113.4", {{"abuse@example.net", "", false}, {"noc@example.net", ""}}, noon, "a");
    complain("203.0.113.5", {{"abuse@example.net", "", false}}, noon, "a");
    complain("203.0.113.6", {}, noon, "a");
    const auto counted = totals().complaints;
    EXPECT_EQ(counted.of(Dispatch::sent), 2);
    EXPECT_EQ(counted.of(Dispatch::recorded), 2);
    EXPECT_EQ(counted.of(Dispatch::not_sent), 2);
    EXPECT_EQ(totals().without_answer, 4);
}

TEST_F(SummaryOf, what_is_delayed_or_unrelated_is_no_answer) {
    answer(complain_to("abuse@example.net"), Outcome::delayed, noon + hours(1));
    answer(complain_to("abuse@example.net"), Outcome::unrelated, noon + hours(2));
    answer(complain_to("abuse@example.net"), Outcome::undetermined, noon + hours(3));
    EXPECT_EQ(totals().without_answer, 2);
    EXPECT_EQ(totals().first_reply, (Wait{1, hours(3)}));
}

// One hour, two, three, four, and one that came after the period.
TEST_F(SummaryOf, the_median_wait_is_that_in_the_middle) {
    const auto twice = complain_to("abuse@example.net");
    answer(twice, Outcome::acknowledged, noon + hours(1));
    answer(twice, Outcome::recipient_unknown, noon + hours(20));
    answer(complain_to("abuse@example.net"), Outcome::acknowledged, noon + hours(4));
    answer(complain_to("abuse@example.net"), Outcome::recipient_unknown, noon + hours(2));
    answer(complain_to("abuse@example.net"), Outcome::recipient_unknown, noon + hours(3));
    answer(complain_to("abuse@example.net"), Outcome::mailbox_full, noon + days(9) + hours(1));
    const Totals found = totals();
    const auto wait = [&](Outcome outcome) {
        return found.first_replies.at(static_cast<std::size_t>(outcome));
    };
    EXPECT_EQ(found.first_reply, (Wait{5, hours(3)}));
    EXPECT_EQ(wait(Outcome::acknowledged), (Wait{2, minutes(150)}));
    EXPECT_EQ(wait(Outcome::recipient_unknown), (Wait{2, minutes(150)}));
    EXPECT_EQ(wait(Outcome::mailbox_full), (Wait{1, days(9) + hours(1)}));
    EXPECT_EQ(wait(Outcome::refused), Wait{});
}

TEST_F(SummaryOf, a_reply_dated_before_its_complaint_took_no_time) {
    answer(complain_to("abuse@example.net"), Outcome::refused, noon - hours(1));
    EXPECT_EQ(totals().first_reply, (Wait{1, Seconds(0)}));
}

TEST_F(SummaryOf, contacts_fail_once_and_not_by_what_nothing_proves) {
    for (int i = 0; i < 2; ++i)
        answer(complain_to("abuse@example.net", noon + hours(i)), Outcome::mailbox_full,
               noon + hours(2));
    answer(complain_to("noc@example.com"), Outcome::recipient_unknown, noon + hours(1),
           Trust::unknown, "noc@example.com");
    EXPECT_EQ(totals().failed_contacts, 1);
    EXPECT_EQ(summary(noon, noon + days(1)).domains.rows,
              (std::vector<RankedRow>{row("example.net", 2, 1), row("example.com", 1, 0)}));
    EXPECT_EQ(totals().trust.of(Trust::unknown), 1);
    EXPECT_EQ(totals().trust.of(Trust::is_signed), 2);
}

TEST_F(SummaryOf, what_was_done_counts_by_when_and_what_is_open_as_it_stands) {
    ledger_.write([&] { put_network(ledger_, support::registered_network()); });
    answer(complain_to("abuse@example.net"), Outcome::recipient_unknown, noon + hours(1));
    ledger_.write([&] {
        for (const auto& follow_up : list_follow_ups(ledger_, {})) {
            if (kind_of(follow_up.follow_up.deed) == FollowUpKind::report)
                mark_done(ledger_, follow_up.id, noon + days(2));
        }
    });
    const Summary found = summary(noon + days(2), noon + days(3));
    EXPECT_EQ(found.totals.done.of(FollowUpKind::report), 1);
    EXPECT_EQ(found.totals.done.all(), 1);
    EXPECT_EQ(found.totals.reports, (std::map<std::string, std::int64_t>{{"apnic", 1}}));
    EXPECT_EQ(found.before.done.all(), 0);
    EXPECT_EQ(summary(noon + days(2) + Seconds(1), noon + days(3)).totals.done.all(), 0);
    EXPECT_EQ(summary(noon + days(1), noon + days(2)).totals.done.all(), 0);
    const auto open = [&](FollowUpKind kind) {
        return found.open.at(static_cast<std::size_t>(kind));
    };
    EXPECT_EQ(open(FollowUpKind::block).of(FollowUpState::due), 1);
    EXPECT_EQ(open(FollowUpKind::notice).of(FollowUpState::due), 1);
    EXPECT_EQ(open(FollowUpKind::report).all(), 0);
}

TEST_F(SummaryOf, blocks_end_by_their_term_or_a_lift) {
    const auto range = [](const char* text) { return AddressRange::parse(text).value(); };
    ledger_.write([&] {
        put_by_hand(ledger_, Block{range("203.0.113.0/24"), hours(24)}, "", "jo", noon);
        put_by_hand(ledger_, Block{range("198.51.100.0/24"), days(30)}, "", "jo", noon);
        put_by_hand(ledger_, Lift{range("198.51.100.0/24")}, "", "jo", noon + hours(24));
        put_by_hand(ledger_, Block{range("192.0.2.0/24"), days(30)}, "", "jo", noon);
    });
    const Instant end = noon + hours(24);
    EXPECT_EQ(summary(end, end + days(1)).totals.blocks_ended, 2);
    EXPECT_EQ(summary(noon, end).totals.blocks_ended, 0);
    EXPECT_EQ(summary(end + days(1), end + days(2)).before.blocks_ended, 2);
    EXPECT_EQ(summary(noon, end).running_blocks, 1);
    EXPECT_EQ(summary(noon, end, end - Seconds(1)).running_blocks, 3);
    // What will end has not ended yet.
    EXPECT_EQ(summary(noon, noon + days(60)).totals.blocks_ended, 2);
}

TEST_F(SummaryOf, calls_count_by_how_they_ended) {
    const auto complaint = complain_to("abuse@example.net");
    const auto rule = [&](Ruling::Verb verb, FollowUpKind kind, Instant ruled_at) {
        Ruling ruling;
        ruling.kind = kind;
        ruling.target = "+1-202-555-0142";
        ruling.verb = verb;
        ruling.at = ruled_at;
        ledger_.write([&] { add_ruling(ledger_, complaint, ruling); });
    };
    rule(Ruling::Verb::satisfied, FollowUpKind::call, noon);
    rule(Ruling::Verb::no_satisfaction, FollowUpKind::call, noon);
    rule(Ruling::Verb::no_satisfaction, FollowUpKind::call, noon + hours(1));
    rule(Ruling::Verb::satisfied, FollowUpKind::call, noon - days(2));
    rule(Ruling::Verb::satisfied, FollowUpKind::call, noon + days(9));
    rule(Ruling::Verb::dismiss, FollowUpKind::call, noon);
    const auto calls = totals().calls;
    EXPECT_EQ(calls.of(CallEnd::satisfied), 1);
    EXPECT_EQ(calls.of(CallEnd::contact), 0);
    EXPECT_EQ(calls.of(CallEnd::no_satisfaction), 2);
}

TEST_F(SummaryOf, networks_are_ranked_with_their_names_countries_and_registries) {
    Network network = support::registered_network();
    network.name = "<script>";
    ledger_.write([&] { put_network(ledger_, network); });
    const auto failed = complain_to("abuse@example.net", noon);
    complain_to("noc@example.com", noon + hours(1));
    complain("198.51.100.9", {}, noon);
    answer(failed, Outcome::mailbox_full, noon + hours(1));
    const Summary found = summary(noon, noon + days(1));
    EXPECT_EQ(found.networks.rows, (std::vector<RankedRow>{{"203.0.113.0/24", "<script>", 2, 1},
                                                           {"198.51.100.0/24", "", 1, 0}}));
    EXPECT_EQ(found.countries.rows, (std::vector<RankedRow>{row("ZZ", 2, 1), row("", 1, 0)}));
    EXPECT_EQ(found.registries.rows, (std::vector<RankedRow>{row("apnic", 2, 1), row("", 1, 0)}));
    // A complaint without a contact went to no domain.
    EXPECT_EQ(found.domains.rows,
              (std::vector<RankedRow>{row("example.net", 1, 1), row("example.com", 1, 0)}));
    EXPECT_EQ(summary(noon - days(1), noon).networks.rows.size(), 0U);
}

// Twelve domains: d00 has twelve complaints, d11 one; of d11 two contacts failed, of d10 one.
TEST_F(SummaryOf, ten_are_ranked_and_who_has_most_failed_contacts) {
    const auto domain = [](int i) { return fmt::format("d{:02}.example", i); };
    for (int i = 0; i < 12; ++i) {
        for (int j = i; j < 11; ++j)
            complain_to("abuse@" + domain(i), noon + hours(j));
    }
    const auto two =
        complain("203.0.113.7", {{"abuse@" + domain(11), ""}, {"noc@" + domain(11), ""}}, noon);
    for (std::size_t copy = 0; copy < 2; ++copy) {
        const std::string contact = (copy == 0 ? "abuse@" : "noc@") + domain(11);
        ledger_.write([&] {
            support::file_answer(ledger_, policy_,
                                 {two, copy, contact, Outcome::mailbox_full, Trust::is_signed, true,
                                  noon + hours(1)},
                                 now);
        });
    }
    const Ranking domains = summary(noon, noon + days(1)).domains;
    ASSERT_EQ(domains.rows.size(), 11U);
    EXPECT_EQ(domains.rows.front(), row("d00.example", 11, 0));
    EXPECT_EQ(domains.rows[9], row("d09.example", 2, 0));
    EXPECT_EQ(domains.rows[10], row("d11.example", 1, 2));
    EXPECT_EQ(domains.others, 1);
    EXPECT_EQ(domains.complaints_of_others, 1);
}

}  // namespace ndr
