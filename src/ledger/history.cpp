#include "history.hpp"

#include <algorithm>
#include <set>

#include "deed_columns.hpp"
#include "ndr_triage/ledger/outages.hpp"
#include "ndr_triage/ledger/probes.hpp"
#include "ndr_triage/mail/address.hpp"
#include "statement.hpp"

namespace ndr {

namespace {

// Follow-ups of one kind and target, due or done; of other networks too only where it says so.
class FollowUps {
public:
    FollowUps(Ledger& ledger, std::int64_t network) : ledger_(ledger), network_(network) {}

    void add(FollowUpKind kind, const std::string& target, bool of_any_network = false) {
        Statement row(ledger_,
                      "SELECT ifnull(complaint, 0), ifnull(sent_at, due_at), kind, target, term, "
                      "around, ifnull(registry, ''), due_at, ifnull(done_at, "
                      "CASE WHEN state = 'sending' THEN tried_at END) AS finished FROM follow_up "
                      "LEFT JOIN complaint ON complaint.id = follow_up.complaint "
                      "WHERE kind = ? AND target = ? AND state IN ('due', 'sending', 'done') "
                      "AND (? OR complaint IS NULL OR network = ?) "
                      "ORDER BY finished IS NULL, due_at, sent_at, follow_up.id");
        row.bind(text(kind), target, of_any_network, network_);
        while (row.step()) {
            KnownFollowUp known;
            known.complaint = row.number(0);
            known.sent_at = row.instant(1);
            known.deed =
                deed_of(row.text(2), row.text(3), row.optional_number(4), row.flag(5), row.text(6));
            known.due_at = row.instant(7);
            if (!row.is_null(8)) known.done_at = row.instant(8);
            found_.push_back(std::move(known));
        }
    }

    std::vector<KnownFollowUp> found() { return std::move(found_); }

private:
    Ledger& ledger_;
    std::int64_t network_;
    std::vector<KnownFollowUp> found_;
};

std::vector<KnownFollowUp> follow_ups_around(Ledger& ledger, const CaseFile& file,
                                             std::int64_t network) {
    FollowUps follow_ups(ledger, network);
    const std::string range = file.network.range.text();
    follow_ups.add(FollowUpKind::block, range);
    follow_ups.add(FollowUpKind::lift, range);
    follow_ups.add(FollowUpKind::report, range);
    if (!file.network.telephone.empty()) follow_ups.add(FollowUpKind::call, file.network.telephone);
    std::vector<std::string> domains;
    for (const auto& copy : file.complaint.copies) {
        follow_ups.add(FollowUpKind::report, copy.contact);
        std::string domain(domain_of(copy.contact));
        if (std::find(domains.begin(), domains.end(), domain) == domains.end()) {
            follow_ups.add(FollowUpKind::notice, domain, true);
            domains.push_back(std::move(domain));
        }
    }
    return follow_ups.found();
}

// What made a contact known dead, so that no copy was sent to it: unless it worked later, or
// somebody answered the notice about it.
std::optional<KnownFailure> known_failure(Ledger& ledger, const Complaint& complaint,
                                          const std::string& contact, Seconds dead_term) {
    Statement row(ledger,
                  "SELECT complaint, outcome, trust, allows, due_at, stands_since FROM copy "
                  "JOIN contact ON contact.id = copy.contact "
                  "WHERE address = ? AND state = 'failed' AND allows = 'due' AND was_sent "
                  "AND stands_since > ? AND stands_since <= ? AND complaint <> ? "
                  "AND stands_since > ifnull(answered_at, stands_since - 1) "
                  "AND NOT EXISTS (SELECT 1 FROM copy AS later WHERE later.contact = copy.contact "
                  "AND later.state = 'works' AND later.stands_since >= copy.stands_since) "
                  "ORDER BY stands_since DESC, complaint LIMIT 1");
    row.bind(contact, complaint.sent_at - dead_term, complaint.sent_at, complaint.id);
    if (!row.step()) return std::nullopt;
    return KnownFailure{row.number(0),
                        contact,
                        outcome_of(row.text(1)).value_or(Outcome::undetermined),
                        trust_of(row.text(2)).value_or(Trust::unknown),
                        follow_up_state_of(row.text(3)).value_or(FollowUpState::proposed),
                        row.instant(4),
                        row.instant(5)};
}

std::vector<KnownAcknowledgement> acknowledgements_before(Ledger& ledger,
                                                          const Complaint& complaint,
                                                          std::int64_t network, Seconds term) {
    std::vector<KnownAcknowledgement> found;
    Statement later(ledger,
                    "SELECT 1 FROM complaint WHERE network = ? AND (sent_at, id) > (?, ?) LIMIT 1");
    if (later.bind(network, complaint.sent_at, complaint.id).step()) return found;
    Statement row(ledger,
                  "SELECT complaint.id, max(stands_since) FROM complaint "
                  "JOIN copy ON copy.complaint = complaint.id "
                  "WHERE network = ? AND sent_at > ? AND sent_at <= ? AND complaint.id <> ? "
                  "AND state = 'works' GROUP BY complaint.id ORDER BY complaint.id");
    row.bind(network, complaint.sent_at - term, complaint.sent_at, complaint.id);
    while (row.step())
        found.push_back({row.number(0), row.instant(1)});
    return found;
}

// Decided within a day, or carried out, whichever are more: what was due for long may all come at
// once. A block that is due already is counted against those decided before it, not after it.
std::int64_t new_blocks_beside(Ledger& ledger, const CaseFile& file, Instant now) {
    const std::string range = file.network.range.text();
    Statement own(ledger,
                  "SELECT decided_at FROM follow_up WHERE complaint = ? AND kind = 'block' "
                  "AND target = ? AND state IN ('due', 'done')");
    const Instant at = own.bind(file.complaint.id, range).step() ? own.instant(0) : now;
    const auto day = std::chrono::days(1);
    Statement decided(ledger,
                      "SELECT count(DISTINCT target) FROM follow_up WHERE kind = 'block' "
                      "AND decided_at > ? AND decided_at <= ? AND state IN ('due', 'done') "
                      "AND target <> ?");
    decided.bind(at - day, at, range).step();
    Statement done(ledger,
                   "SELECT count(DISTINCT target) FROM follow_up WHERE kind = 'block' "
                   "AND done_at > ? AND target <> ?");
    done.bind(now - day, range).step();
    return std::max(decided.number(0), done.number(0));
}

// What was found before the earliest failure that can count here says nothing of it.
std::vector<KnownProbe> probes_around(Ledger& ledger, const Complaint& complaint,
                                      Seconds dead_term) {
    std::vector<KnownProbe> probes;
    std::set<std::string_view> domains;
    for (const auto& copy : complaint.copies)
        domains.insert(domain_of(copy.contact));
    for (const auto domain : domains) {
        const auto found = probes_of(ledger, std::string(domain), complaint.sent_at - dead_term);
        probes.insert(probes.end(), found.begin(), found.end());
    }
    return probes;
}

}  // namespace

History history_of(Ledger& ledger, const CaseFile& file, std::int64_t network, const Policy& policy,
                   Instant now) {
    History history;
    history.follow_ups = follow_ups_around(ledger, file, network);
    for (const auto& copy : file.complaint.copies) {
        if (copy.was_sent || !copy.fault.empty()) continue;
        const auto failure = known_failure(ledger, file.complaint, copy.contact, policy.dead_term);
        if (failure) history.failures.push_back(*failure);
    }
    history.acknowledgements =
        acknowledgements_before(ledger, file.complaint, network, policy.acknowledged_term);
    history.new_blocks = new_blocks_beside(ledger, file, now);
    history.probes = probes_around(ledger, file.complaint, policy.dead_term);
    if (const auto outage = current_outage(ledger)) history.outage = outage->reason;
    return history;
}

}  // namespace ndr
