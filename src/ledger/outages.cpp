#include "ndr_triage/ledger/outages.hpp"

#include <fmt/core.h>

#include <map>

#include "statement.hpp"

namespace ndr {

std::optional<Outage> current_outage(Ledger& ledger) {
    Statement row(ledger, "SELECT began_at, reason FROM outage WHERE ended_at IS NULL");
    if (!row.step()) return std::nullopt;
    return Outage{row.instant(0), row.text(1)};
}

// The latest first, and no further back than it takes: of a large ledger few are read.
std::vector<RecentReply> recent_replies(Ledger& ledger, Seconds age, Instant now) {
    Statement row(ledger,
                  "SELECT substr(address, instr(address, '@') + 1), reply.outcome FROM reply "
                  "JOIN copy ON copy.complaint = reply.complaint "
                  "AND copy.position = reply.position JOIN contact ON contact.id = copy.contact "
                  "WHERE reply.trust <> 'unknown' AND received_at > ? AND received_at <= ? "
                  "AND reply.outcome NOT IN ('delayed', 'unrelated') "
                  "ORDER BY received_at DESC, digest");
    row.bind(now - age, now);
    std::vector<RecentReply> replies;
    std::map<std::string, std::size_t> seen;
    while (replies.size() < replies_that_count && row.step()) {
        if (++seen[row.text(0)] <= replies_of_a_domain)
            replies.push_back(
                {row.text(0), outcome_of(row.text(1)).value_or(Outcome::undetermined)});
    }
    return replies;
}

bool note_outage(Ledger& ledger, const RecentReplies& replies, Instant now) {
    const auto lasting = current_outage(ledger);
    if (lasting.has_value() == replies.look_like_outage()) return false;
    if (lasting) {
        Statement(ledger, "UPDATE outage SET ended_at = max(began_at, ?) WHERE ended_at IS NULL")
            .bind(now)
            .exec();
    } else {
        Statement(ledger, "INSERT OR REPLACE INTO outage (began_at, reason) VALUES (?, ?)")
            .bind(now, fmt::format("on {}, {}", iso_text(now), replies.text()))
            .exec();
    }
    Statement(ledger,
              "UPDATE complaint SET look_again = ? WHERE id IN ("
              "SELECT follow_up.complaint FROM follow_up "
              "JOIN copy ON copy.complaint = follow_up.complaint "
              "WHERE kind IN ('block', 'report') AND follow_up.state IN ('due', 'held') "
              "AND copy.state = 'failed' AND copy.outcome = 'lost-connection')")
        .bind(now)
        .exec();
    return true;
}

}  // namespace ndr
