// Lists of replies (replies.hpp).
#include "ndr_triage/base/named.hpp"
#include "ndr_triage/ledger/replies.hpp"
#include "statement.hpp"

namespace ndr {

namespace {

constexpr std::array filings = std::to_array<Named<Filing>>({
    {Filing::recorded, "recorded"},
    {Filing::repeated, "repeated"},
    {Filing::raised, "raised"},
    {Filing::mail_test, "mail test"},
});

ReplyRow reply_row_of(Statement& row) {
    ReplyRow reply;
    reply.id = row.number(0);
    reply.received_at = row.instant(1);
    reply.outcome = outcome_of(row.text(2)).value_or(Outcome::undetermined);
    reply.form = form_of(row.text(3)).value_or(Form::other);
    reply.acknowledgement = acknowledgement_of(row.text(4));
    reply.rule = row.text(5);
    reply.trust = trust_of(row.text(6)).value_or(Trust::unknown);
    reply.complaint = row.optional_number(7);
    reply.recipient = row.text(8);
    reply.subject = row.text(9);
    return reply;
}

}  // namespace

std::string_view text(Filing filing) {
    return name_in(filings, filing);
}

std::vector<ReplyRow> list_replies(Ledger& ledger, const ReplyFilter& filter) {
    Statement row(
        ledger.database(),
        "SELECT id, received_at, outcome, form, ifnull(acknowledgement, ''), rule, trust, "
        "complaint, coalesce((SELECT final_recipient FROM verdict WHERE verdict.reply = reply.id "
        "AND final_recipient <> '' AND verdict.outcome = reply.outcome LIMIT 1), sender), subject "
        "FROM reply "
        "WHERE (?1 = '' OR outcome = ?1) AND (?2 IS NULL OR complaint = ?2) "
        "AND (?3 = '' OR lower(sender) = ?3 OR EXISTS (SELECT 1 FROM verdict "
        "WHERE verdict.reply = reply.id AND final_recipient = ?3)) "
        "AND (NOT ?4 OR complaint IS NULL) "
        "ORDER BY received_at DESC, digest LIMIT ?5");
    row.bind(filter.outcome ? std::string(text(*filter.outcome)) : std::string(), filter.complaint,
             filter.recipient, filter.without_complaint, filter.most);
    std::vector<ReplyRow> rows;
    while (row.step())
        rows.push_back(reply_row_of(row));
    return rows;
}

std::vector<std::pair<Outcome, std::int64_t>> count_replies(Ledger& ledger) {
    std::vector<std::pair<Outcome, std::int64_t>> counts;
    for (const auto outcome : all_outcomes) {
        Statement row(ledger.database(), "SELECT count(*) FROM reply WHERE outcome = ?");
        row.bind(text(outcome)).step();
        counts.emplace_back(outcome, row.number(0));
    }
    return counts;
}

}  // namespace ndr
