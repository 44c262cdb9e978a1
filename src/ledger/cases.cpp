#include "ndr_triage/ledger/cases.hpp"

#include <fmt/core.h>

#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "statement.hpp"

namespace ndr {

namespace {

std::vector<FiledVerdict> verdicts_of(Ledger& ledger, std::int64_t reply) {
    Statement row(ledger.database(),
                  "SELECT final_recipient, original_recipient, outcome FROM verdict "
                  "WHERE reply = ? ORDER BY position");
    row.bind(reply);
    std::vector<FiledVerdict> verdicts;
    while (row.step())
        verdicts.push_back(
            {row.text(0), row.text(1), outcome_of(row.text(2)).value_or(Outcome::undetermined)});
    return verdicts;
}

std::vector<FiledReply> replies_to(Ledger& ledger, std::int64_t complaint) {
    Statement row(ledger.database(),
                  "SELECT id, received_at, recorded_at, trust, born_here, auto_reply_says, "
                  "outcome, position, sender FROM reply WHERE complaint = ? ORDER BY digest");
    row.bind(complaint);
    std::vector<FiledReply> replies;
    while (row.step()) {
        FiledReply reply;
        reply.id = row.number(0);
        reply.received_at = row.instant(1);
        reply.recorded_at = row.instant(2);
        reply.trust = trust_of(row.text(3)).value_or(Trust::unknown);
        reply.is_born_here = row.flag(4);
        reply.said_by_auto_reply = row.flag(5);
        reply.outcome = outcome_of(row.text(6)).value_or(Outcome::undetermined);
        reply.copy = row.optional_position(7);
        reply.sender = row.text(8);
        reply.verdicts = verdicts_of(ledger, reply.id);
        replies.push_back(std::move(reply));
    }
    return replies;
}

std::vector<std::string> targets(Statement& row) {
    std::vector<std::string> found;
    while (row.step())
        found.push_back(row.text(0));
    return found;
}

// What other complaints had done lately.
History history_of(Ledger& ledger, std::int64_t complaint, std::int64_t network, Instant since) {
    Statement reports(ledger.database(),
                      "SELECT DISTINCT target FROM follow_up "
                      "JOIN complaint ON complaint.id = follow_up.complaint "
                      "WHERE kind = 'report' AND state = 'done' AND done_at >= ? "
                      "AND network = ? AND complaint.id <> ? ORDER BY target");
    Statement notices(ledger.database(),
                      "SELECT DISTINCT target FROM follow_up WHERE kind = 'notice' "
                      "AND state = 'done' AND done_at >= ? AND complaint <> ? ORDER BY target");
    return {targets(reports.bind(since, network, complaint)),
            targets(notices.bind(since, complaint))};
}

std::optional<std::int64_t> term_of(const Deed& deed) {
    const auto* block = std::get_if<Block>(&deed);
    return block != nullptr ? std::optional(std::int64_t{block->term.count()}) : std::nullopt;
}

std::optional<std::string> registry_of(const Deed& deed) {
    const auto* report = std::get_if<RegistryReport>(&deed);
    if (report == nullptr || !report->registry) return std::nullopt;
    return std::string(text(*report->registry));
}

Deed deed_of(FollowUpKind kind, const std::string& target, std::optional<std::int64_t> term,
             const std::string& registry) {
    switch (kind) {
        case FollowUpKind::block:
            return Block{AddressRange::parse(target).value_or(AddressRange{}),
                         Seconds(term.value_or(0))};
        case FollowUpKind::report:
            return RegistryReport{rir_of(registry), target};
        case FollowUpKind::notice:
            return PostmasterNotice{target};
        case FollowUpKind::call:
            break;
    }
    return Call{target};
}

FollowUpRow follow_up_row_of(Statement& row) {
    FollowUpRow found;
    found.id = row.number(0);
    found.complaint = row.number(1);
    found.address = row.address(2);
    found.follow_up.deed = deed_of(follow_up_kind_of(row.text(3)).value_or(FollowUpKind::call),
                                   row.text(4), row.optional_number(5), row.text(6));
    found.follow_up.state = follow_up_state_of(row.text(7)).value_or(FollowUpState::refused);
    found.follow_up.due_at = row.instant(8);
    found.follow_up.reason = row.text(9);
    found.decided_at = row.instant(10);
    if (!row.is_null(11)) found.done_at = row.instant(11);
    return found;
}

void put(Ledger& ledger, std::int64_t complaint, const FollowUp& follow_up, Instant now) {
    // An equal row keeps the time of its decision; one that is done is left alone.
    Statement(ledger.database(),
              "INSERT INTO follow_up "
              "(complaint, kind, target, state, due_at, reason, term, registry, decided_at) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (complaint, kind, target) DO UPDATE "
              "SET state = excluded.state, due_at = excluded.due_at, reason = excluded.reason, "
              "term = excluded.term, registry = excluded.registry, "
              "decided_at = excluded.decided_at "
              "WHERE state <> 'done' AND (state, due_at, reason, term, registry) IS NOT "
              "(excluded.state, excluded.due_at, excluded.reason, excluded.term, "
              "excluded.registry)")
        .bind(complaint, text(kind_of(follow_up.deed)), target_of(follow_up.deed),
              text(follow_up.state), follow_up.due_at, follow_up.reason, term_of(follow_up.deed),
              registry_of(follow_up.deed), now)
        .exec();
}

bool holds(const Decision& decision, const Deed& deed) {
    for (const auto& wanted : decision.follow_ups) {
        if (kind_of(wanted.deed) == kind_of(deed) && target_of(wanted.deed) == target_of(deed))
            return true;
    }
    return false;
}

}  // namespace

CaseFile load_case(Ledger& ledger, std::int64_t complaint, const Policy& policy, Instant now) {
    const std::int64_t network = network_of_complaint(ledger, complaint);
    CaseFile file;
    file.complaint = get_complaint(ledger, complaint);
    file.network = get_network(ledger, network);
    file.replies = replies_to(ledger, complaint);
    file.history = history_of(ledger, complaint, network, now - policy.repeat_limit);
    return file;
}

void save_decision(Ledger& ledger, std::int64_t complaint, const Decision& decision, Instant now) {
    for (const auto& row : list_follow_ups(ledger, {complaint, true})) {
        if (holds(decision, row.follow_up.deed)) continue;
        Statement(ledger.database(), "DELETE FROM follow_up WHERE id = ?").bind(row.id).exec();
    }
    for (const auto& follow_up : decision.follow_ups)
        put(ledger, complaint, follow_up, now);
    Statement(ledger.database(), "UPDATE complaint SET look_again = ? WHERE id = ?")
        .bind(decision.look_again, complaint)
        .exec();
}

std::vector<FollowUpRow> list_follow_ups(Ledger& ledger, const FollowUpFilter& filter) {
    Statement row(
        ledger.database(),
        "SELECT follow_up.id, complaint, address, kind, target, term, "
        "ifnull(follow_up.registry, ''), state, due_at, reason, decided_at, done_at FROM follow_up "
        "JOIN complaint ON complaint.id = follow_up.complaint "
        "JOIN network ON network.id = complaint.network "
        "WHERE (?1 IS NULL OR complaint = ?1) AND (NOT ?2 OR state <> 'done') "
        "ORDER BY network.first, network.last, complaint, kind, target");
    row.bind(filter.complaint, filter.open_only);
    std::vector<FollowUpRow> rows;
    while (row.step())
        rows.push_back(follow_up_row_of(row));
    return rows;
}

}  // namespace ndr
