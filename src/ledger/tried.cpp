#include "tried.hpp"

#include <fmt/core.h>

#include "statement.hpp"

namespace ndr {

namespace {

std::string on_day(std::string_view what, Instant at) {
    return fmt::format("{} on {}", what, iso_text(at).substr(0, 10));
}

// How a copy of the complaint stands: state, outcome, since.
std::string result_of(Statement& row, int first) {
    const std::string state = row.text(first);
    if (state == "failed" && !row.is_null(first + 2))
        return on_day(row.text(first + 1), row.instant(first + 2));
    if (state == "works" && !row.is_null(first + 2))
        return on_day("acknowledged", row.instant(first + 2));
    return "no answer";
}

std::string attempt_of(bool was_sent, const std::string& fault) {
    if (was_sent) return "complaint to ";
    return fault.empty() ? "known dead, not written to again: " : "our MTA did not take it: ";
}

}  // namespace

std::vector<Attempt> attempts_of(Ledger& ledger, std::int64_t complaint) {
    std::vector<Attempt> attempts;
    Statement copy(
        ledger,
        "SELECT contact.address, sent_at, was_sent, copy.fault, state, outcome, stands_since "
        "FROM copy "
        "JOIN contact ON contact.id = copy.contact "
        "JOIN complaint ON complaint.id = copy.complaint "
        "WHERE complaint.id = ? ORDER BY position");
    copy.bind(complaint);
    while (copy.step()) {
        attempts.push_back({copy.instant(1), attempt_of(copy.flag(2), copy.text(3)) + copy.text(0),
                            result_of(copy, 4)});
    }
    Statement notice(ledger,
                     "SELECT target, done_at FROM follow_up WHERE complaint = ? "
                     "AND kind = 'notice' AND done_at IS NOT NULL ORDER BY done_at");
    notice.bind(complaint);
    while (notice.step())
        attempts.push_back({notice.instant(1), "notice to postmaster@" + notice.text(0), "sent"});
    return attempts;
}

std::optional<ReturnedCopy> returned_copy(Ledger& ledger, std::int64_t complaint,
                                          const std::string& contact) {
    Statement row(
        ledger,
        "SELECT reply.id, received_at, verdict.outcome, status, diagnostic_code, remote_mta, "
        "sent_at FROM contact JOIN copy AS asked ON asked.contact = contact.id "
        "JOIN copy AS told ON told.contact = contact.id "
        "JOIN complaint ON complaint.id = told.complaint "
        "JOIN reply ON reply.complaint = told.complaint "
        "JOIN verdict ON verdict.reply = reply.id "
        "WHERE asked.complaint = ?1 AND contact.address = ?2 AND asked.state = 'failed' "
        "AND verdict.outcome = asked.outcome AND received_at = asked.stands_since "
        "ORDER BY contact.address IN (lower(final_recipient), lower(original_recipient)) DESC, "
        "reply.position IS told.position DESC, told.complaint = ?1 DESC, reply.id LIMIT 1");
    row.bind(complaint, contact);
    if (!row.step()) return std::nullopt;
    return ReturnedCopy{
        {row.number(0), row.instant(1), outcome_of(row.text(2)).value_or(Outcome::undetermined),
         row.text(3), row.text(4), row.text(5)},
        row.instant(6)};
}

}  // namespace ndr
