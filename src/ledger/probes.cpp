#include "ndr_triage/ledger/probes.hpp"

#include "statement.hpp"

namespace ndr {

namespace {

// A row of domain, asked_at, state, detail.
KnownProbe probe_of(Statement& row) {
    const auto state = mail_host_state_of(row.text(2)).value_or(MailHostState::unsure);
    return {row.text(0), row.instant(1), {state, row.text(3)}};
}

}  // namespace

void save_probe(Ledger& ledger, const KnownProbe& probe) {
    Statement(ledger,
              "INSERT OR REPLACE INTO probe (domain, asked_at, state, detail) "
              "VALUES (?, ?, ?, ?)")
        .bind(probe.domain, probe.asked_at, text(probe.answer.state), probe.answer.detail)
        .exec();
    Statement(ledger,
              "UPDATE complaint SET look_again = ? WHERE id IN ("
              "SELECT follow_up.complaint FROM contact "
              "JOIN copy ON copy.contact = contact.id AND copy.state = 'failed' "
              "JOIN follow_up ON follow_up.complaint = copy.complaint "
              "WHERE substr(address, instr(address, '@') + 1) = ? "
              "AND copy.outcome = 'lost-connection' AND kind = 'block' "
              "AND follow_up.state IN ('due', 'held'))")
        .bind(probe.asked_at, probe.domain)
        .exec();
}

std::vector<KnownProbe> probes_of(Ledger& ledger, const std::string& domain, Instant since) {
    Statement row(ledger,
                  "SELECT domain, asked_at, state, detail FROM probe "
                  "WHERE domain = ? AND asked_at >= ? ORDER BY asked_at");
    row.bind(domain, since);
    std::vector<KnownProbe> probes;
    while (row.step())
        probes.push_back(probe_of(row));
    return probes;
}

std::optional<KnownProbe> last_probe(Ledger& ledger) {
    Statement row(ledger,
                  "SELECT domain, asked_at, state, detail FROM probe "
                  "ORDER BY asked_at DESC, domain LIMIT 1");
    if (!row.step()) return std::nullopt;
    return probe_of(row);
}

std::vector<LostDomain> lost_domains(Ledger& ledger, Instant now) {
    Statement row(ledger,
                  "SELECT substr(address, instr(address, '@') + 1) AS domain, stands_since, "
                  "max(follow_up.state = 'due') FROM follow_up "
                  "JOIN copy ON copy.complaint = follow_up.complaint "
                  "JOIN contact ON contact.id = copy.contact "
                  "WHERE kind = 'block' AND follow_up.state IN ('due', 'held') "
                  "AND follow_up.due_at <= ? AND copy.state = 'failed' "
                  "AND approved_by = '' AND copy.outcome = 'lost-connection' "
                  "AND stands_since IS NOT NULL "
                  "GROUP BY domain, stands_since ORDER BY min(follow_up.due_at), domain");
    row.bind(now);
    std::vector<LostDomain> domains;
    while (row.step())
        domains.push_back({row.text(0), row.instant(1), row.flag(2)});
    return domains;
}

}  // namespace ndr
