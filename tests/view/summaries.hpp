// view/summaries.hpp -- a summary made by hand, with what strangers may have written in it.
#pragma once

#include "ndr_triage/ledger/summary.hpp"

namespace ndr::support {

inline constexpr const char* hostile_name = "<script>alert('x')</script>\"&\r\n\x1b[31m\xff";

// Two days, 2026-11-20 and 21; each count is another one.
inline Summary sample_summary() {
    Summary summary;
    summary.made_at = parse_instant("2026-11-24T10:00:00Z").value();
    Totals& totals = summary.totals;
    totals.period = {parse_instant("2026-11-20").value(), parse_instant("2026-11-22").value()};
    summary.before.period = totals.period.before();
    totals.complaints.values = {30, 5, 1};
    summary.before.complaints.values = {20, 5, 1};
    totals.without_answer = 7;
    totals.failed_contacts = 9;
    totals.replies.values = {11, 12, 0, 13, 0, 0, 4, 2};
    summary.before.replies.values = {22, 3, 0, 13, 0, 0, 0, 0};
    totals.trust.of(Trust::is_signed) = 42;
    totals.acknowledgements.of(Acknowledgement::ticket) = 13;
    totals.first_replies.at(0) = {11, std::chrono::minutes(90)};
    totals.first_reply = {28, Seconds(80)};
    summary.before.first_reply = {3, std::chrono::days(3)};
    totals.done.of(FollowUpKind::block) = 6;
    totals.reports = {{"ripe-ncc", 2}, {"", 1}};
    summary.before.reports = {{"apnic", 3}};
    totals.calls.of(CallEnd::satisfied) = 14;
    totals.blocks_ended = 15;
    summary.step = std::chrono::days(1);
    summary.trend.resize(2);
    summary.trend[0].from = totals.period.since;
    summary.trend[0].complaints.values = {30, 5, 1};
    summary.trend[0].replies.values = totals.replies.values;
    summary.trend[1].from = totals.period.since + std::chrono::days(1);
    summary.open.at(0).values = {16, 17, 18, 19, 20, 21};
    summary.open.at(1).of(FollowUpState::due) = 23;
    summary.open.at(3).of(FollowUpState::held) = 24;
    summary.running_blocks = 25;
    summary.networks = {{{"203.0.113.0/24", hostile_name, 31, 8}}, 3, 5};
    summary.countries = {{{hostile_name, "", 35, 9}, {"", "", 1, 0}}, 0, 0};
    summary.registries = {{{"ripe-ncc", "", 36, 9}}, 0, 0};
    summary.domains = {{{std::string("x.example") + hostile_name, "", 36, 9}}, 0, 0};
    summary.held_new = 26;
    summary.held_failed = 27;
    return summary;
}

}  // namespace ndr::support
