// ledger/summary.hpp -- totals and trends of a period: what was complained of, what came back, what
// followed.
//
// A period is half-open, [since, until). A complaint counts by when it was sent, a reply by when it
// was received, what is done by when it was done; days are those of UTC. What answers a complaint
// of the period counts whenever it came. Open follow-ups and running blocks stand as they are now,
// whatever the period. To be called within Ledger::read or Ledger::write.
#pragma once

#include <array>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/casework/follow_up.hpp"
#include "ndr_triage/casework/trust.hpp"
#include "ndr_triage/ledger/ledger.hpp"
#include "ndr_triage/triage/outcome.hpp"

namespace ndr {

struct Period {
    Instant since{};
    Instant until{};

    Seconds length() const { return until - since; }
    bool contains(Instant at) const { return since <= at && at < until; }
    // The one of the same length that ends where this begins.
    Period before() const { return {since - length(), since}; }
    bool operator==(const Period&) const = default;
};

// A count for each of the `size` values of an enumeration.
template <typename E, std::size_t size>
struct Counts {
    std::array<std::int64_t, size> values{};

    std::int64_t& of(E value) { return values.at(static_cast<std::size_t>(value)); }
    std::int64_t of(E value) const { return values.at(static_cast<std::size_t>(value)); }
    std::int64_t all() const { return std::accumulate(values.begin(), values.end(), 0LL); }
    bool operator==(const Counts&) const = default;
};

// How the contacts of a complaint were told.
enum class Dispatch {
    sent,      // by `complain`, here or on another of our servers: signed
    recorded,  // by other means
    not_sent,  // no contact could take it: known dead, or none is published
};
using DispatchCounts = Counts<Dispatch, 3>;
using OutcomeCounts = Counts<Outcome, all_outcomes.size()>;

// From complaints to the first reply of each that is neither delayed nor unrelated.
struct Wait {
    std::int64_t complaints = 0;
    Seconds median{};  // 0 without complaints
    bool operator==(const Wait&) const = default;
};

// How a call ended.
enum class CallEnd { satisfied, contact, no_satisfaction };

struct Totals {
    Period period;
    DispatchCounts complaints;
    std::int64_t without_answer = 0;   // of those sent or recorded
    std::int64_t failed_contacts = 0;  // of these complaints; an unproven bounce fails nobody
    OutcomeCounts replies;
    Counts<Trust, 3> trust;
    Counts<Acknowledgement, 7> acknowledgements;
    std::array<Wait, all_outcomes.size()> first_replies{};  // by the outcome of the first reply
    Wait first_reply;                                       // of any outcome
    Counts<FollowUpKind, 5> done;
    std::map<std::string, std::int64_t> reports;  // sent, by registry: "apnic", "" unknown
    Counts<CallEnd, 3> calls;
    std::int64_t blocks_ended = 0;  // by their term or lifted
};

struct TrendStep {
    Instant from{};
    DispatchCounts complaints;
    OutcomeCounts replies;
};

// Complaints of the period about one network, country, registry or contact domain.
struct RankedRow {
    std::string name;    // range, country code, "apnic", domain; "" unknown
    std::string detail;  // a network's name as the registry writes it: a stranger's words
    std::int64_t complaints = 0;
    std::int64_t failed_contacts = 0;
    bool operator==(const RankedRow&) const = default;
};
struct Ranking {
    std::vector<RankedRow> rows;  // the ten with most complaints, the ten with most failed contacts
    std::int64_t others = 0;      // that are not among them
    std::int64_t complaints_of_others = 0;  // a complaint to two domains counts for each
};

struct Summary {
    Instant made_at{};
    Totals totals;
    Totals before;                 // of the period before, of the same length
    Seconds step{};                // of the trend: a day, for more than 92 days whole weeks
    std::vector<TrendStep> trend;  // without gaps; weeks begin on Monday
    std::array<Counts<FollowUpState, 6>, 5> open;  // by kind
    std::int64_t running_blocks = 0;
    Ranking networks;
    Ranking countries;
    Ranking registries;
    Ranking domains;  // of the contacts
    // Of the hold Maildir, which is no part of the ledger: the caller counts them.
    std::int64_t held_new = 0;     // to be tried once more
    std::int64_t held_failed = 0;  // tried, and failed again
};

Summary summarize(Ledger& ledger, const Period& period, Instant now);

std::string_view text(Dispatch dispatch);  // "not-sent"
std::string_view text(CallEnd end);        // "no-satisfaction"

}  // namespace ndr
