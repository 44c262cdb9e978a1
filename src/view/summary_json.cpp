// A summary as JSON (summary.hpp).
#include <nlohmann/json.hpp>

#include "ndr_triage/view/summary.hpp"

namespace ndr {

namespace {

using Json = nlohmann::ordered_json;

template <typename E, std::size_t size>
Json json_of(const Counts<E, size>& counts) {
    Json json;
    for (std::size_t i = 0; i < size; ++i)
        json[std::string(text(static_cast<E>(i)))] = counts.values.at(i);
    return json;
}

Json json_of(const Wait& wait) {
    return {{"complaints", wait.complaints},
            {"median_seconds", wait.complaints == 0 ? Json() : Json(wait.median.count())}};
}

Json json_of(const Totals& totals) {
    Json first_replies;
    for (const auto outcome : all_outcomes)
        first_replies[std::string(text(outcome))] =
            json_of(totals.first_replies.at(static_cast<std::size_t>(outcome)));
    first_replies["all"] = json_of(totals.first_reply);
    Json reports = Json::object();
    for (const auto& [registry, count] : totals.reports)
        reports[registry.empty() ? "unknown" : registry] = count;
    return {{"since", iso_text(totals.period.since)},
            {"until", iso_text(totals.period.until)},
            {"complaints", json_of(totals.complaints)},
            {"without_answer", totals.without_answer},
            {"failed_contacts", totals.failed_contacts},
            {"replies", json_of(totals.replies)},
            {"trust", json_of(totals.trust)},
            {"acknowledgements", json_of(totals.acknowledgements)},
            {"first_replies", first_replies},
            {"done", json_of(totals.done)},
            {"reports_sent", reports},
            {"calls", json_of(totals.calls)},
            {"blocks_ended", totals.blocks_ended}};
}

Json json_of(const Ranking& ranking) {
    Json rows = Json::array();
    for (const auto& row : ranking.rows)
        rows.push_back({{"name", row.name.empty() ? Json() : Json(row.name)},
                        {"detail", row.detail.empty() ? Json() : Json(row.detail)},
                        {"complaints", row.complaints},
                        {"failed_contacts", row.failed_contacts}});
    return {{"rows", rows},
            {"others", ranking.others},
            {"complaints_of_others", ranking.complaints_of_others}};
}

Json trend_of(const Summary& summary) {
    Json steps = Json::array();
    for (const auto& step : summary.trend)
        steps.push_back({{"from", iso_text(step.from)},
                         {"complaints", json_of(step.complaints)},
                         {"replies", json_of(step.replies)}});
    return {{"step_seconds", summary.step.count()}, {"steps", steps}};
}

Json open_of(const Summary& summary) {
    Json open;
    for (std::size_t kind = 0; kind < summary.open.size(); ++kind)
        open[std::string(text(static_cast<FollowUpKind>(kind)))] = json_of(summary.open.at(kind));
    return open;
}

}  // namespace

std::string summary_json(const Summary& summary) {
    const Json json{{"made_at", iso_text(summary.made_at)},
                    {"period", json_of(summary.totals)},
                    {"before", json_of(summary.before)},
                    {"now",
                     {{"follow_ups", open_of(summary)},
                      {"running_blocks", summary.running_blocks},
                      {"held_new", summary.held_new},
                      {"held_failed", summary.held_failed}}},
                    {"networks", json_of(summary.networks)},
                    {"countries", json_of(summary.countries)},
                    {"registries", json_of(summary.registries)},
                    {"domains", json_of(summary.domains)},
                    {"trend", trend_of(summary)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ndr
