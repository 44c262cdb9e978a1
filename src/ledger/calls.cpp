#include "ndr_triage/ledger/calls.hpp"

#include "ndr_triage/casework/decide.hpp"
#include "ndr_triage/ledger/cases.hpp"
#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "ndr_triage/ledger/rulings.hpp"
#include "tried.hpp"

namespace ndr {

namespace {

bool is_call(const FollowUpRow& row) {
    return kind_of(row.follow_up.deed) == FollowUpKind::call;
}

Network network_of(Ledger& ledger, const FollowUpRow& row) {
    return get_network(ledger, network_of_complaint(ledger, row.complaint));
}

// By the same rules that will decide it.
std::vector<FollowUp> without_satisfaction(Ledger& ledger, const Policy& policy,
                                           const FollowUpRow& row, Instant now) {
    CaseFile file = load_case(ledger, row.complaint, policy, now);
    Ruling ruling;
    ruling.kind = FollowUpKind::call;
    ruling.target = target_of(row.follow_up.deed);
    ruling.verb = Ruling::Verb::no_satisfaction;
    ruling.at = now;
    file.rulings.push_back(std::move(ruling));
    return decide(policy, file, now).follow_ups;
}

std::optional<Ruling> end_of(Ledger& ledger, const FollowUpRow& row) {
    std::optional<Ruling> end;
    for (auto& ruling : rulings_on(ledger, row.complaint)) {
        if (ruling.kind == FollowUpKind::call && ruling.target == target_of(row.follow_up.deed))
            end = std::move(ruling);
    }
    return end;
}

}  // namespace

std::vector<CallRow> list_calls(Ledger& ledger, bool all) {
    std::vector<CallRow> calls;
    for (auto& row : list_follow_ups(ledger, {std::nullopt, !all})) {
        if (is_call(row)) calls.push_back({row, network_of(ledger, row)});
    }
    return calls;
}

std::optional<CallFacts> call_facts(Ledger& ledger, const Policy& policy, std::int64_t id,
                                    Instant now) {
    const auto rows = list_follow_ups(ledger, {std::nullopt, false, id});
    if (rows.empty() || !is_call(rows.front())) return std::nullopt;
    CallFacts facts;
    facts.row = rows.front();
    facts.network = network_of(ledger, facts.row);
    const Complaint complaint = get_complaint(ledger, facts.row.complaint);
    facts.complained_at = complaint.sent_at;
    for (const auto& copy : complaint.copies) {
        DeadContact contact{copy.contact, complaint.sent_at, std::nullopt};
        if (const auto returned = returned_copy(ledger, complaint.id, copy.contact)) {
            contact.complained_at = returned->complained_at;
            contact.bounce = returned->bounce;
        }
        facts.contacts.push_back(std::move(contact));
    }
    facts.attempts = attempts_of(ledger, complaint.id);
    if (facts.row.done_at) {
        facts.end = end_of(ledger, facts.row);
    } else {
        facts.without_satisfaction = without_satisfaction(ledger, policy, facts.row, now);
    }
    return facts;
}

}  // namespace ndr
