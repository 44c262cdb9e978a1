#include "ndr_triage/ledger/cases.hpp"

#include <algorithm>

#include "history.hpp"
#include "ndr_triage/ledger/blocks.hpp"
#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "ndr_triage/ledger/rulings.hpp"
#include "repercussion.hpp"
#include "statement.hpp"

namespace ndr {

namespace {

std::vector<FiledVerdict> verdicts_of(Ledger& ledger, const FiledReply& reply, Instant sent_at) {
    Statement row(ledger,
                  "SELECT final_recipient, original_recipient, outcome, "
                  "diagnostic_code, remote_mta FROM verdict "
                  "WHERE reply = ? ORDER BY position");
    row.bind(reply.id);
    std::vector<FiledVerdict> verdicts;
    while (row.step()) {
        FiledVerdict verdict{
            row.text(0), row.text(1), outcome_of(row.text(2)).value_or(Outcome::undetermined), {}};
        if (verdict.outcome == Outcome::lost_connection)
            verdict.own_block =
                own_block_over(ledger, row.text(3), row.text(4), sent_at, reply.received_at);
        verdicts.push_back(std::move(verdict));
    }
    return verdicts;
}

std::vector<FiledReply> replies_to(Ledger& ledger, const Complaint& complaint) {
    Statement row(ledger,
                  "SELECT id, received_at, recorded_at, trust, born_here, auto_reply_says, "
                  "outcome, position, sender, trust_reason FROM reply WHERE complaint = ? "
                  "ORDER BY digest, position");
    row.bind(complaint.id);
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
        reply.trust_reason = row.text(9);
        reply.verdicts = verdicts_of(ledger, reply, complaint.sent_at);
        replies.push_back(std::move(reply));
    }
    return replies;
}

std::string_view text(ContactStanding::State state) {
    switch (state) {
        case ContactStanding::State::silent:
            break;
        case ContactStanding::State::failed:
            return "failed";
        case ContactStanding::State::works:
            return "works";
    }
    return "silent";
}

// A copy of it lies with the complaint, for what is known of a contact across complaints.
void put_standings(Ledger& ledger, std::int64_t complaint, const Decision& decision) {
    for (std::size_t i = 0; i < decision.contacts.size(); ++i) {
        const ContactStanding& contact = decision.contacts[i];
        const bool has_failed = contact.state == ContactStanding::State::failed;
        const std::string outcome(has_failed ? text(contact.outcome) : "");
        Statement(ledger,
                  "UPDATE copy SET state = ?, outcome = ?, trust = ?, allows = ?, due_at = ?, "
                  "stands_since = ? WHERE complaint = ? AND position = ?")
            .bind(text(contact.state), outcome, text(contact.trust), text(contact.allows),
                  has_failed ? std::optional(contact.due_at) : std::nullopt, contact.since,
                  complaint, i)
            .exec();
    }
}

bool holds(const Decision& decision, const Deed& deed) {
    return std::any_of(decision.follow_ups.begin(), decision.follow_ups.end(),
                       [&](const FollowUp& wanted) {
                           return kind_of(wanted.deed) == kind_of(deed) &&
                                  target_of(wanted.deed) == target_of(deed);
                       });
}

}  // namespace

CaseFile load_case(Ledger& ledger, std::int64_t complaint, const Policy& policy, Instant now) {
    const std::int64_t network = network_of_complaint(ledger, complaint);
    CaseFile file;
    file.complaint = get_complaint(ledger, complaint);
    file.network = get_network(ledger, network);
    file.replies = replies_to(ledger, file.complaint);
    file.rulings = rulings_on(ledger, complaint);
    file.history = history_of(ledger, file, network, policy, now);
    return file;
}

std::vector<std::int64_t> save_decision(Ledger& ledger, std::int64_t complaint,
                                        const Decision& decision, Instant now) {
    const Appearance before = appearance_of(ledger, complaint);
    for (const auto& row : list_follow_ups(ledger, {complaint, true})) {
        const bool is_on_its_way = row.follow_up.state == FollowUpState::sending;
        if (!is_on_its_way && !holds(decision, row.follow_up.deed))
            delete_follow_up(ledger, row.id);
    }
    for (const auto& follow_up : decision.follow_ups)
        put_follow_up(ledger, complaint, follow_up, now);
    put_standings(ledger, complaint, decision);
    Statement(ledger, "UPDATE complaint SET look_again = ? WHERE id = ?")
        .bind(decision.look_again, complaint)
        .exec();
    return complaints_touched(ledger, complaint, before, appearance_of(ledger, complaint));
}

}  // namespace ndr
