#include "ndr_triage/ledger/follow_ups.hpp"

#include "deed_columns.hpp"
#include "statement.hpp"

namespace ndr {

namespace {

FollowUpRow follow_up_row_of(Statement& row) {
    FollowUpRow found;
    found.id = row.number(0);
    found.complaint = row.number(1);
    found.address = row.address(2);
    found.network = {row.address(3), row.address(4)};
    FollowUp& follow_up = found.follow_up;
    follow_up.deed =
        deed_of(row.text(5), row.text(6), row.optional_number(7), row.flag(8), row.text(9));
    follow_up.state = follow_up_state_of(row.text(10)).value_or(FollowUpState::refused);
    follow_up.due_at = row.instant(11);
    follow_up.reason = row.text(12);
    follow_up.outcome = outcome_of(row.text(13));
    follow_up.trust = trust_of(row.text(14)).value_or(Trust::unknown);
    follow_up.approved_by = row.text(15);
    found.decided_at = row.instant(16);
    if (!row.is_null(17)) found.done_at = row.instant(17);
    found.tries = row.number(18);
    if (!row.is_null(19)) found.tried_at = row.instant(19);
    found.fault = row.text(20);
    return found;
}

std::string outcome_text(const FollowUp& follow_up) {
    return std::string(follow_up.outcome ? text(*follow_up.outcome) : "");
}

void replace(Ledger& ledger, std::int64_t id, const FollowUp& follow_up, Instant now) {
    Statement(ledger,
              "UPDATE follow_up SET (state, due_at, reason, outcome, trust, approved_by, term, "
              "around, registry, decided_at) = (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
              "WHERE id = ?11 AND state NOT IN ('sending', 'done') AND "
              "(state, due_at, reason, outcome, trust, approved_by, term, around, registry) "
              "IS NOT (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        .bind(text(follow_up.state), follow_up.due_at, follow_up.reason, outcome_text(follow_up),
              text(follow_up.trust), follow_up.approved_by, term_of(follow_up.deed),
              is_around(follow_up.deed), registry_of(follow_up.deed), now, id)
        .exec();
}

}  // namespace

std::vector<FollowUpRow> list_follow_ups(Ledger& ledger, const FollowUpFilter& filter) {
    const std::string sql =
        std::string(
            "SELECT follow_up.id, complaint, address, first, last, kind, target, term, "
            "around, ifnull(follow_up.registry, ''), state, due_at, reason, outcome, trust, "
            "approved_by, decided_at, done_at, tries, tried_at, fault FROM follow_up "
            "JOIN complaint ON complaint.id = follow_up.complaint "
            "JOIN network ON network.id = complaint.network "
            "WHERE (NOT ?1 OR state <> 'done') ") +
        (filter.complaint ? "AND complaint = ?2 " : "AND ?2 IS NULL ") +
        (filter.id ? "AND follow_up.id = ?3 " : "AND ?3 IS NULL ") +
        "ORDER BY network.first, network.last, complaint, kind, target";
    Statement row(ledger, sql);
    row.bind(filter.open_only, filter.complaint, filter.id);
    std::vector<FollowUpRow> rows;
    while (row.step())
        rows.push_back(follow_up_row_of(row));
    return rows;
}

void put_follow_up(Ledger& ledger, std::int64_t complaint, const FollowUp& follow_up, Instant now) {
    const std::string kind(text(kind_of(follow_up.deed)));
    const std::string target = target_of(follow_up.deed);
    // A conflict of the insertion below would use up a number each time.
    Statement same(ledger,
                   "SELECT id FROM follow_up WHERE complaint = ? AND kind = ? AND target = ?");
    if (same.bind(complaint, kind, target).step()) {
        replace(ledger, same.number(0), follow_up, now);
        return;
    }
    Statement(ledger,
              "INSERT INTO follow_up (complaint, kind, target, state, due_at, reason, outcome, "
              "trust, approved_by, term, around, registry, decided_at) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(complaint, kind, target, text(follow_up.state), follow_up.due_at, follow_up.reason,
              outcome_text(follow_up), text(follow_up.trust), follow_up.approved_by,
              term_of(follow_up.deed), is_around(follow_up.deed), registry_of(follow_up.deed), now)
        .exec();
}

bool start_sending(Ledger& ledger, std::int64_t id, Instant now) {
    Statement statement(ledger,
                        "UPDATE follow_up SET state = 'sending', tried_at = ? WHERE id = ? "
                        "AND state = 'due' AND due_at <= ?");
    return statement.bind(now, id, now).exec() == 1;
}

void finish_sending(Ledger& ledger, std::int64_t id, Instant now) {
    Statement(ledger,
              "UPDATE follow_up SET state = 'done', done_at = ?, fault = '' "
              "WHERE id = ? AND state = 'sending'")
        .bind(now, id)
        .exec();
}

void fail_sending(Ledger& ledger, std::int64_t id, const std::string& fault, Instant now) {
    Statement(ledger,
              "UPDATE follow_up SET state = 'due', tries = tries + 1, tried_at = ?, fault = ? "
              "WHERE id = ? AND state = 'sending'")
        .bind(now, fault, id)
        .exec();
}

void release_follow_up(Ledger& ledger, std::int64_t id) {
    Statement(ledger, "UPDATE follow_up SET state = 'held' WHERE id = ? AND state = 'sending'")
        .bind(id)
        .exec();
}

void mark_done(Ledger& ledger, std::int64_t id, Instant at) {
    Statement(ledger,
              "UPDATE follow_up SET state = 'done', done_at = ? WHERE id = ? AND state <> 'done'")
        .bind(at, id)
        .exec();
}

void delete_follow_up(Ledger& ledger, std::int64_t id) {
    Statement(ledger, "DELETE FROM follow_up WHERE id = ?").bind(id).exec();
}

}  // namespace ndr
