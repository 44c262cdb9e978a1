#include "ndr_triage/view/summary_page.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "chart.hpp"
#include "markup.hpp"
#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/view/summary.hpp"

namespace ndr {

namespace {

// ---- tables ------------------------------------------------------------------------------------

bool is_figure(const ListingColumn& column) {
    return column.key != "name" && column.key != "detail" && column.key != "command";
}

std::string cell(const ListingColumn& column, const Value& value) {
    const std::string words = escaped(shown(value));
    if (column.key == "name") return fmt::format("<th scope=\"row\">{}</th>", words);
    if (column.key == "command") return fmt::format("<td><code>{}</code></td>", words);
    return fmt::format("<td{}>{}</td>", is_figure(column) ? " class=\"number\"" : "", words);
}

// Where it is wider than the page it scrolls alone, by keys too.
std::string table_of(const SummarySection& section) {
    const Listing& listing = section.listing;
    std::string html = fmt::format(
        "<div class=\"scroll\" role=\"region\" aria-label=\"{}\" tabindex=\"0\"><table>\n"
        "<thead><tr>",
        escaped(section.title));
    for (const auto& column : listing.columns)
        html += fmt::format("<th scope=\"col\"{}>{}</th>",
                            is_figure(column) ? " class=\"number\"" : "", escaped(column.heading));
    html += "</tr></thead>\n<tbody>\n";
    for (const auto& row : listing.rows) {
        html += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i)
            html += cell(listing.columns[i], row[i]);
        html += "</tr>\n";
    }
    return html + "</tbody></table></div>\n";
}

// ---- charts ------------------------------------------------------------------------------------

// A column of a table, as a series of a chart.
struct Column {
    std::string key;
    ChartSeries series;
};

std::size_t index_of(const Listing& listing, const std::string& key) {
    const auto found = std::find_if(listing.columns.begin(), listing.columns.end(),
                                    [&](const ListingColumn& column) { return column.key == key; });
    return static_cast<std::size_t>(found - listing.columns.begin());
}

// The rows of a section's table with a figure in each of the columns, but for their sum.
Chart chart_of(const SummarySection& section, const std::vector<Column>& columns) {
    Chart chart{section.name + "-chart", section.title, section.note, {}, {}};
    for (const auto& column : columns)
        chart.series.push_back(column.series);
    for (const auto& row : section.listing.rows) {
        ChartBar bar{shown(row.front()), {}};
        for (const auto& column : columns) {
            const auto* count =
                std::get_if<std::int64_t>(&row[index_of(section.listing, column.key)]);
            if (count != nullptr) bar.counts.push_back(*count);
        }
        if (bar.label != "all" && bar.counts.size() == columns.size())
            chart.bars.push_back(std::move(bar));
    }
    return chart;
}

// All steps of the trend, those without anything too.
std::string trend_figures(const Summary& summary, const SummarySection& section) {
    Chart replies{"replies-trend", section.title + ": replies by outcome", section.note, {}, {}};
    Chart complaints{"complaints-trend",
                     section.title + ": complaints",
                     section.note,
                     {{"complaints", "complaints"}},
                     {}};
    for (const auto outcome : all_outcomes)
        replies.series.push_back({std::string(text(outcome)), std::string(text(outcome))});
    for (const auto& step : summary.trend) {
        const std::string label = iso_text(step.from).substr(0, 10);
        replies.bars.push_back({label, {step.replies.values.begin(), step.replies.values.end()}});
        complaints.bars.push_back({label, {step.complaints.all()}});
    }
    return "<div class=\"figures\">\n<div>\n<h3>Replies by outcome</h3>\n" + column_chart(replies) +
           legend_of(replies) + "</div>\n<div>\n<h3>Complaints</h3>\n" + column_chart(complaints) +
           "</div>\n</div>\n";
}

std::string figures_of(const Summary& summary, const SummarySection& section) {
    if (section.name == "trend") return trend_figures(summary, section);
    std::vector<Column> columns;
    if (section.name == "replies" || section.name == "acknowledgements") {
        columns = {{"count", {"this period", "count"}}, {"before", {"the one before", "before"}}};
    } else if (index_of(section.listing, "failed_contacts") < section.listing.columns.size()) {
        columns = {{"complaints", {"complaints", "complaints"}},
                   {"failed_contacts", {"failed contacts", "failed-contacts"}}};
    } else {
        return {};
    }
    const Chart chart = chart_of(section, columns);
    return bar_chart(chart) + legend_of(chart);
}

// ---- the page ----------------------------------------------------------------------------------

std::string tile(std::string_view what, std::int64_t count, const std::string& change) {
    return fmt::format(
        "<div class=\"tile\"><dt>{}</dt><dd class=\"count\">{}</dd><dd class=\"change\">{}</dd>"
        "</div>\n",
        escaped(what), count, escaped(change));
}

std::string tiles_of(const Summary& summary) {
    const Totals& now = summary.totals;
    const Totals& then = summary.before;
    const auto compared = [](std::string_view what, std::int64_t count, std::int64_t before) {
        return tile(what, count, fmt::format("{} ({} before)", change_text(before, count), before));
    };
    std::int64_t held = 0;
    for (const auto& open : summary.open)
        held += open.of(FollowUpState::held) + open.of(FollowUpState::sending);
    return "<dl class=\"tiles\">\n" +
           compared("Complaints", now.complaints.all(), then.complaints.all()) +
           compared("Replies", now.replies.all(), then.replies.all()) +
           compared("Without an answer", now.without_answer, then.without_answer) +
           compared("Failed contacts", now.failed_contacts, then.failed_contacts) +
           tile("Blocks that run", summary.running_blocks, "now") +
           tile("Held for a person", held, "now") + "</dl>\n";
}

// As wide as the page.
bool is_wide(const SummarySection& section) {
    return section.name == "trend" || section.name == "follow-ups";
}

std::string section_of(const Summary& summary, const SummarySection& section) {
    const std::string note = section.note.empty()
                                 ? ""
                                 : fmt::format("<p class=\"note\">{}</p>\n", escaped(section.note));
    return fmt::format("<section id=\"{}\"{}>\n<h2>{}</h2>\n", section.name,
                       is_wide(section) ? " class=\"wide\"" : "", escaped(section.title)) +
           note + figures_of(summary, section) + table_of(section) + "</section>\n";
}

std::string head_of(const Period& period) {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'; base-uri 'none'; form-action 'none'\"/>\n"
        "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        "<title>Abuse complaints {}</title>\n<style>\n{}</style>\n</head>\n",
        period_text(period), embedded::summary_style);
}

}  // namespace

std::string summary_page(const Summary& summary) {
    const Period& period = summary.totals.period;
    auto sections = sections_of(summary);
    // What is wide first, of that the charts; the others stand in two columns.
    std::stable_partition(sections.begin(), sections.end(), is_wide);
    std::stable_partition(sections.begin(), sections.end(),
                          [](const SummarySection& section) { return section.name == "trend"; });
    std::string html = head_of(period);
    html += fmt::format(
        "<body>\n<header>\n<h1>Abuse complaints and what came of them</h1>\n<p>{}, {}</p>\n"
        "</header>\n",
        period_text(period), comparison_text(period));
    html += tiles_of(summary) + "<main>\n";
    for (const auto& section : sections)
        html += section_of(summary, section);
    return html + fmt::format(
                      "</main>\n<footer>\n<p>Made by ndr-triage on {}. Complaints count by "
                      "when they were sent, replies by when they were received; failed "
                      "contacts are those of the period's complaints.</p>\n</footer>\n"
                      "</body>\n</html>\n",
                      iso_text(summary.made_at));
}

}  // namespace ndr
