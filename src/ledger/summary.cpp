#include "ndr_triage/ledger/summary.hpp"

#include <algorithm>
#include <optional>

#include "ndr_triage/base/named.hpp"
#include "ndr_triage/ledger/blocks.hpp"
#include "rankings.hpp"
#include "statement.hpp"

namespace ndr {

namespace {

using std::chrono::days;
using std::chrono::weeks;

constexpr std::array dispatches = std::to_array<Named<Dispatch>>({
    {Dispatch::sent, "sent"},
    {Dispatch::recorded, "recorded"},
    {Dispatch::not_sent, "not-sent"},
});

constexpr std::array call_ends = std::to_array<Named<CallEnd>>({
    {CallEnd::satisfied, "satisfied"},
    {CallEnd::contact, "contact"},
    {CallEnd::no_satisfaction, "no-satisfaction"},
});

// ---- the trend ---------------------------------------------------------------------------------

// Few enough for a page, whatever the period.
Seconds step_of(const Period& period) {
    constexpr days most_days{92};
    constexpr std::int64_t most_steps = 120;
    if (period.length() <= most_days) return days(1);
    return weeks(1) * (1 + period.length() / (weeks(1) * most_steps));
}

std::vector<TrendStep> steps_of(const Period& period, Seconds step) {
    constexpr days monday{4};  // 1970-01-01 was a Thursday
    Instant from = step == days(1) ? Instant(std::chrono::floor<days>(period.since))
                                   : std::chrono::floor<weeks>(period.since - monday) + monday;
    std::vector<TrendStep> steps;
    for (; from < period.until; from += step)
        steps.push_back({from, {}, {}});
    return steps;
}

// Where the counts of the period go: its totals, and its trend if it has one.
class Tables {
public:
    Tables(Totals& totals, std::vector<TrendStep>* trend, Seconds step)
        : totals_(totals), trend_(trend), step_(step) {}

    void add_complaint(Instant at, Dispatch dispatch) {
        ++totals_.complaints.of(dispatch);
        if (TrendStep* step = step_at(at)) ++step->complaints.of(dispatch);
    }
    void add_reply(Instant at, Outcome outcome) {
        ++totals_.replies.of(outcome);
        if (TrendStep* step = step_at(at)) ++step->replies.of(outcome);
    }
    Totals& totals() { return totals_; }

private:
    TrendStep* step_at(Instant at) {
        if (trend_ == nullptr) return nullptr;
        return &trend_->at(static_cast<std::size_t>((at - trend_->front().from) / step_));
    }

    Totals& totals_;
    std::vector<TrendStep>* trend_;
    Seconds step_;
};

// ---- complaints and replies --------------------------------------------------------------------

Wait wait_of(std::vector<Seconds> waits) {
    if (waits.empty()) return {};
    std::sort(waits.begin(), waits.end());
    const std::size_t middle = waits.size() / 2;
    const Seconds median =
        waits.size() % 2 == 1 ? waits[middle] : (waits[middle - 1] + waits[middle]) / 2;
    return {static_cast<std::int64_t>(waits.size()), median};
}

void count_complaints(Ledger& ledger, Tables& tables) {
    Totals& totals = tables.totals();
    Statement row(ledger,
                  "SELECT sent_at, token_key <> '', EXISTS (SELECT 1 FROM copy "
                  "WHERE copy.complaint = complaint.id AND was_sent), received_at, outcome "
                  "FROM complaint LEFT JOIN reply ON reply.id = (SELECT first.id "
                  "FROM reply AS first WHERE first.complaint = complaint.id "
                  "AND first.outcome NOT IN ('delayed', 'unrelated') "
                  "ORDER BY first.received_at, first.digest LIMIT 1) "
                  "WHERE sent_at >= ? AND sent_at < ?");
    row.bind(totals.period.since, totals.period.until);
    std::vector<Seconds> all;
    std::array<std::vector<Seconds>, all_outcomes.size()> waits;
    while (row.step()) {
        const Instant sent_at = row.instant(0);
        const Dispatch told = row.flag(1) ? Dispatch::sent : Dispatch::recorded;
        const Dispatch dispatch = row.flag(2) ? told : Dispatch::not_sent;
        tables.add_complaint(sent_at, dispatch);
        const auto outcome = outcome_of(row.text(4));
        if (dispatch == Dispatch::not_sent) continue;
        if (!outcome) {
            ++totals.without_answer;
            continue;
        }
        // The clock of whoever dated the reply may go wrong.
        const Seconds wait = std::max(row.instant(3) - sent_at, Seconds(0));
        waits.at(static_cast<std::size_t>(*outcome)).push_back(wait);
        all.push_back(wait);
    }
    std::transform(waits.begin(), waits.end(), totals.first_replies.begin(), wait_of);
    totals.first_reply = wait_of(std::move(all));
}

std::int64_t count_failed_contacts(Ledger& ledger, const Period& period) {
    Statement row(ledger,
                  "SELECT count(DISTINCT contact) FROM complaint "
                  "JOIN copy ON copy.complaint = complaint.id "
                  "WHERE sent_at >= ? AND sent_at < ? AND state = 'failed' "
                  "AND allows <> 'proposed'");
    row.bind(period.since, period.until).step();
    return row.number(0);
}

// By outcome and time there is an index; without one of them all replies would be read.
void count_replies(Ledger& ledger, Tables& tables) {
    Totals& totals = tables.totals();
    Statement row(ledger,
                  "SELECT received_at, trust, ifnull(acknowledgement, '') FROM reply "
                  "WHERE outcome = ? AND received_at >= ? AND received_at < ?");
    for (const auto outcome : all_outcomes) {
        row.rebind(text(outcome), totals.period.since, totals.period.until);
        while (row.step()) {
            tables.add_reply(row.instant(0), outcome);
            ++totals.trust.of(trust_of(row.text(1)).value_or(Trust::unknown));
            const auto kind = acknowledgement_of(row.text(2));
            if (kind) ++totals.acknowledgements.of(*kind);
        }
    }
}

// ---- what followed -----------------------------------------------------------------------------

void count_done(Ledger& ledger, Totals& totals) {
    Statement row(ledger,
                  "SELECT kind, ifnull(registry, ''), count(*) FROM follow_up "
                  "WHERE state = 'done' AND done_at >= ? AND done_at < ? GROUP BY 1, 2");
    row.bind(totals.period.since, totals.period.until);
    while (row.step()) {
        const auto kind = follow_up_kind_of(row.text(0));
        if (!kind) continue;
        totals.done.of(*kind) += row.number(2);
        if (*kind != FollowUpKind::report) continue;
        totals.reports[row.text(1)] += row.number(2);
    }
}

void count_calls(Ledger& ledger, Totals& totals) {
    Statement row(ledger,
                  "SELECT verb, count(*) FROM ruling WHERE kind = 'call' "
                  "AND ruled_at >= ? AND ruled_at < ? GROUP BY verb");
    row.bind(totals.period.since, totals.period.until);
    while (row.step()) {
        if (const auto end = value_in(call_ends, row.text(0)))
            totals.calls.of(*end) += row.number(1);
    }
}

std::int64_t count_ended_blocks(Ledger& ledger, const Period& period, Instant now) {
    const auto blocks = blocks_between(ledger, period.since - Seconds(1), period.until);
    return std::count_if(blocks.begin(), blocks.end(), [&](const RunningBlock& block) {
        return period.contains(block.ends_at) && block.ends_at <= now;
    });
}

void count_open(Ledger& ledger, Summary& summary) {
    Statement row(ledger,
                  "SELECT kind, state, count(*) FROM follow_up WHERE state <> 'done' "
                  "GROUP BY 1, 2");
    while (row.step()) {
        const auto kind = follow_up_kind_of(row.text(0));
        const auto state = follow_up_state_of(row.text(1));
        if (kind && state)
            summary.open.at(static_cast<std::size_t>(*kind)).of(*state) += row.number(2);
    }
}

Totals totals_of(Ledger& ledger, const Period& period, std::vector<TrendStep>* trend, Seconds step,
                 Instant now) {
    Totals totals;
    totals.period = period;
    Tables tables(totals, trend, step);
    count_complaints(ledger, tables);
    totals.failed_contacts = count_failed_contacts(ledger, period);
    count_replies(ledger, tables);
    count_done(ledger, totals);
    count_calls(ledger, totals);
    totals.blocks_ended = count_ended_blocks(ledger, period, now);
    return totals;
}

}  // namespace

Summary summarize(Ledger& ledger, const Period& period, Instant now) {
    Summary summary;
    summary.made_at = now;
    summary.step = step_of(period);
    summary.trend = steps_of(period, summary.step);
    summary.totals = totals_of(ledger, period, &summary.trend, summary.step, now);
    summary.before = totals_of(ledger, period.before(), nullptr, summary.step, now);
    count_open(ledger, summary);
    summary.running_blocks = static_cast<std::int64_t>(running_blocks(ledger, now).size());
    rank(ledger, summary);
    return summary;
}

std::string_view text(Dispatch dispatch) {
    return name_in(dispatches, dispatch);
}

std::string_view text(CallEnd end) {
    return name_in(call_ends, end);
}

}  // namespace ndr
