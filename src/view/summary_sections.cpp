// The tables of a summary (summary.hpp).
#include "ndr_triage/view/summary.hpp"

#include <fmt/core.h>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/network/registry.hpp"

namespace ndr {

namespace {

constexpr std::array follow_up_kinds{FollowUpKind::block, FollowUpKind::report,
                                     FollowUpKind::notice, FollowUpKind::call, FollowUpKind::lift};

std::vector<ListingColumn> compared(const std::string& heading) {
    return {{"name", heading}, {"count", "COUNT"}, {"before", "BEFORE"}, {"change", "CHANGE"}};
}

void add(Listing& listing, std::string_view name, std::int64_t count, std::int64_t before) {
    listing.rows.push_back({std::string(name), count, before, change_text(before, count)});
}

// A row for each value, and one for all.
template <typename E, std::size_t size>
Listing listing_of(const std::string& heading, const Counts<E, size>& counts,
                   const Counts<E, size>& before) {
    Listing listing{compared(heading), {}};
    for (std::size_t i = 0; i < size; ++i)
        add(listing, text(static_cast<E>(i)), counts.values.at(i), before.values.at(i));
    add(listing, "all", counts.all(), before.all());
    return listing;
}

// "RIPE NCC" for "ripe-ncc"; any other name as it is.
std::string name_of(const std::string& name) {
    const auto registry = rir_of(name);
    if (registry) return std::string(display_name(*registry));
    return name.empty() ? "unknown" : name;
}

// ---- the sections ------------------------------------------------------------------------------

// What a person has to see to, and the command that shows it.
SummarySection waiting_section(const Summary& summary) {
    const auto open = [&](FollowUpKind kind) {
        return summary.open.at(static_cast<std::size_t>(kind));
    };
    std::int64_t held = 0;
    std::int64_t proposed = 0;
    for (const auto kind : follow_up_kinds) {
        held += open(kind).of(FollowUpState::held) + open(kind).of(FollowUpState::sending);
        proposed += open(kind).of(FollowUpState::proposed);
    }
    const auto waiting = [&](FollowUpKind kind) {
        return open(kind).of(FollowUpState::due) + open(kind).of(FollowUpState::held) +
               open(kind).of(FollowUpState::proposed);
    };
    Listing listing{{{"name", "NOW"}, {"count", "COUNT"}, {"command", "SEE"}}, {}};
    const auto add_row = [&](const char* what, std::int64_t count, const char* command) {
        listing.rows.push_back({std::string(what), count, std::string("ndr-triage ") + command});
    };
    add_row("follow-ups held for a person", held, "review");
    add_row("follow-ups proposed", proposed, "review");
    add_row("calls to make", waiting(FollowUpKind::call), "calls");
    add_row("reports not sent yet", waiting(FollowUpKind::report), "reports");
    add_row("messages in hold, to be tried again", summary.held_new, "hold");
    add_row("messages in hold that failed again", summary.held_failed, "hold");
    add_row("undetermined replies of the period", summary.totals.replies.of(Outcome::undetermined),
            "replies --outcome undetermined");
    add_row("blocks that run", summary.running_blocks, "blocks");
    return {"now", "What waits, and what runs", "As it stands now, whatever the period.",
            std::move(listing)};
}

SummarySection complaints_section(const Summary& summary) {
    const Totals& now = summary.totals;
    const Totals& then = summary.before;
    Listing listing = listing_of("COMPLAINTS", now.complaints, then.complaints);
    add(listing, "without an answer", now.without_answer, then.without_answer);
    add(listing, "failed contacts", now.failed_contacts, then.failed_contacts);
    std::string note =
        "By when they were sent; recorded are those sent by other means, not sent those that no "
        "contact could take.";
    const std::string share = share_text(now);
    if (!share.empty()) note += fmt::format(" {}.", share);
    return {"complaints", "Complaints", std::move(note), std::move(listing)};
}

SummarySection waits_section(const Summary& summary) {
    Listing listing{{{"name", "FIRST REPLY"},
                     {"complaints", "COMPLAINTS"},
                     {"median", "MEDIAN WAIT"},
                     {"before", "BEFORE"}},
                    {}};
    const auto add_row = [&](std::string_view name, const Wait& now, const Wait& then) {
        if (now.complaints + then.complaints == 0) return;
        const auto shown = [](const Wait& wait) {
            return wait.complaints == 0 ? Value() : Value(wait_text(wait.median));
        };
        listing.rows.push_back({std::string(name), now.complaints, shown(now), shown(then)});
    };
    for (const auto outcome : all_outcomes) {
        const auto at = static_cast<std::size_t>(outcome);
        add_row(text(outcome), summary.totals.first_replies.at(at),
                summary.before.first_replies.at(at));
    }
    add_row("all", summary.totals.first_reply, summary.before.first_reply);
    return {"first-replies", "Time to the first reply",
            "From the complaint to the first reply that is neither delayed nor unrelated; half of "
            "them came sooner.",
            std::move(listing)};
}

SummarySection follow_ups_section(const Summary& summary) {
    Listing listing{{{"name", "FOLLOW-UPS"},
                     {"done", "DONE"},
                     {"before", "BEFORE"},
                     {"change", "CHANGE"},
                     {"due", "DUE"},
                     {"held", "HELD"},
                     {"proposed", "PROPOSED"},
                     {"refused", "REFUSED"},
                     {"dismissed", "DISMISSED"},
                     {"sending", "SENDING"}},
                    {}};
    for (const auto kind : follow_up_kinds) {
        const auto& open = summary.open.at(static_cast<std::size_t>(kind));
        const std::int64_t done = summary.totals.done.of(kind);
        const std::int64_t before = summary.before.done.of(kind);
        listing.rows.push_back({std::string(text(kind)), done, before, change_text(before, done),
                                open.of(FollowUpState::due), open.of(FollowUpState::held),
                                open.of(FollowUpState::proposed), open.of(FollowUpState::refused),
                                open.of(FollowUpState::dismissed),
                                open.of(FollowUpState::sending)});
    }
    return {"follow-ups", "Follow-ups",
            "Done in the period; the other states as they stand now, whatever the period.",
            std::move(listing)};
}

SummarySection ended_section(const Summary& summary) {
    const Totals& now = summary.totals;
    const Totals& then = summary.before;
    Listing listing{compared("ENDED"), {}};
    add(listing, "blocks, by their term or lifted", now.blocks_ended, then.blocks_ended);
    add(listing, "calls: they see to it", now.calls.of(CallEnd::satisfied),
        then.calls.of(CallEnd::satisfied));
    add(listing, "calls: another contact", now.calls.of(CallEnd::contact),
        then.calls.of(CallEnd::contact));
    add(listing, "calls: no satisfaction", now.calls.of(CallEnd::no_satisfaction),
        then.calls.of(CallEnd::no_satisfaction));
    return {"ended", "Blocks and calls that ended", "", std::move(listing)};
}

SummarySection reports_section(const Summary& summary) {
    Listing listing{compared("REPORTS SENT"), {}};
    auto reports = summary.totals.reports;
    for (const auto& [registry, count] : summary.before.reports)
        reports.try_emplace(registry, 0);
    for (const auto& [registry, count] : reports) {
        const auto before = summary.before.reports.find(registry);
        add(listing, name_of(registry), count,
            before == summary.before.reports.end() ? 0 : before->second);
    }
    return {"reports", "Reports sent, by registry", "", std::move(listing)};
}

SummarySection trend_section(const Summary& summary) {
    const bool is_daily = summary.step == std::chrono::days(1);
    const auto weeks = summary.step / std::chrono::weeks(1);
    Listing listing{{{"name", is_daily ? "DAY" : "WEEK FROM"}, {"complaints", "COMPLAINTS"}}, {}};
    const OutcomeCounts& occurred = summary.totals.replies;
    for (const auto outcome : all_outcomes) {
        if (occurred.of(outcome) > 0)
            listing.columns.push_back({std::string(text(outcome)), std::string(text(outcome))});
    }
    for (const auto& step : summary.trend) {
        if (step.complaints.all() + step.replies.all() == 0) continue;
        std::vector<Value> row{iso_text(step.from).substr(0, 10), step.complaints.all()};
        for (const auto outcome : all_outcomes) {
            if (occurred.of(outcome) > 0) row.push_back(step.replies.of(outcome));
        }
        listing.rows.push_back(std::move(row));
    }
    return {
        "trend",
        is_daily     ? "Day by day"
        : weeks == 1 ? "Week by week"
                     : fmt::format("In steps of {} weeks", weeks),
        fmt::format("Complaints sent, and replies received by outcome; days are those of UTC. Of "
                    "the first and the last {0} only what lies in the period counts; the table "
                    "leaves out {0}s without any.",
                    is_daily ? "day" : "week"),
        std::move(listing)};
}

SummarySection ranking_section(const std::string& name, const std::string& title,
                               const std::string& heading, const Ranking& ranking) {
    Listing listing{
        {{"name", heading}, {"complaints", "COMPLAINTS"}, {"failed_contacts", "FAILED CONTACTS"}},
        {}};
    if (name == "networks") listing.columns.push_back({"detail", "NAME"});
    const auto add_row = [&](std::string shown, std::int64_t complaints, Value failed,
                             const std::string& detail) {
        std::vector<Value> row{std::move(shown), complaints, std::move(failed)};
        if (name == "networks") row.push_back(text_value(detail));
        listing.rows.push_back(std::move(row));
    };
    for (const auto& row : ranking.rows)
        add_row(name_of(row.name), row.complaints, row.failed_contacts, row.detail);
    if (ranking.others > 0)
        add_row(counted(static_cast<std::size_t>(ranking.others), "other", "others"),
                ranking.complaints_of_others, Value(), "");
    return {name, title,
            "By complaints of the period; the ten with most of them and the ten with most failed "
            "contacts.",
            std::move(listing)};
}

}  // namespace

std::vector<SummarySection> sections_of(const Summary& summary) {
    std::vector<SummarySection> all{
        waiting_section(summary),
        complaints_section(summary),
        {"replies", "Replies by outcome", "By when they were received.",
         listing_of("REPLIES", summary.totals.replies, summary.before.replies)},
        {"trust", "Replies by trust", "What proves that they answer a complaint of ours.",
         listing_of("TRUST", summary.totals.trust, summary.before.trust)},
        {"acknowledgements", "Acknowledgements", "",
         listing_of("ACKNOWLEDGEMENTS", summary.totals.acknowledgements,
                    summary.before.acknowledgements)},
        waits_section(summary),
        follow_ups_section(summary),
        ended_section(summary),
        reports_section(summary),
        ranking_section("networks", "Networks", "NETWORK", summary.networks),
        ranking_section("countries", "Countries", "COUNTRY", summary.countries),
        ranking_section("registries", "Registries", "REGISTRY", summary.registries),
        ranking_section("domains", "Domains of contacts", "DOMAIN", summary.domains),
        trend_section(summary),
    };
    std::erase_if(all, [](const SummarySection& section) { return section.listing.rows.empty(); });
    return all;
}

}  // namespace ndr
