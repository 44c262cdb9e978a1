#include "ndr_triage/action/act.hpp"

#include <algorithm>

#include "ndr_triage/intake/retry_folders.hpp"
#include "ndr_triage/ledger/cases.hpp"
#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/outages.hpp"

namespace ndr {

namespace {

std::vector<HeldMessage> not_retried(const Hold& hold) {
    auto held = hold.list();
    std::erase_if(held, [](const HeldMessage& message) { return message.was_retried; });
    return held;
}

// What the ledger would say of one case after a decision now.
void decide_again(Ledger& ledger, const Policy& policy, std::int64_t complaint, Instant now,
                  std::vector<FollowUpRow>& rows) {
    const CaseFile file = load_case(ledger, complaint, policy, now);
    const auto first = std::find_if(rows.begin(), rows.end(), [&](const FollowUpRow& row) {
        return row.complaint == complaint;
    });
    const auto place = std::distance(rows.begin(), first);
    std::vector<FollowUpRow> decided;
    for (const auto& follow_up : decide(policy, file, now).follow_ups) {
        FollowUpRow row{0,   complaint,   file.complaint.address, file.network.range, follow_up,
                        now, std::nullopt};
        const auto same = std::find_if(rows.begin(), rows.end(), [&](const FollowUpRow& known) {
            return known.complaint == complaint && known.follow_up.deed == follow_up.deed;
        });
        if (same != rows.end()) row.id = same->id;
        decided.push_back(std::move(row));
    }
    std::erase_if(rows, [&](const FollowUpRow& row) { return row.complaint == complaint; });
    rows.insert(rows.begin() + place, decided.begin(), decided.end());
}

}  // namespace

Agenda agenda_of(Ledger& ledger, const Policy& policy, const Hold& hold,
                 const std::vector<std::string>& retry_folders, Instant now) {
    Agenda agenda;
    agenda.held = not_retried(hold);
    agenda.waiting = waiting_in(retry_folders);
    ledger.read([&] {
        agenda.follow_ups = list_follow_ups(ledger, {std::nullopt, true});
        const auto cases = complaints_to_look_at(ledger, now);
        agenda.cases = cases.size();
        for (const auto complaint : cases)
            decide_again(ledger, policy, complaint, now, agenda.follow_ups);
    });
    return agenda;
}

std::size_t decide_pending_cases(Ledger& ledger, const Policy& policy, Instant now) {
    std::vector<std::int64_t> cases;
    ledger.read([&] { cases = complaints_to_look_at(ledger, now); });
    for (const auto complaint : cases)
        ledger.write([&] { decide_case(ledger, policy, complaint, now); });
    return cases.size();
}

Settled settle(const Delivery& delivery, const SizeLimits& limits,
               const std::vector<std::string>& retry_folders) {
    Settled settled;
    settled.faults = empty_into(delivery.hold, retry_folders, delivery.now);
    for (const auto& message : not_retried(delivery.hold))
        settled.retried.push_back(retry(delivery, message, limits));
    const Policy& policy = delivery.house.policy;
    Ledger ledger(delivery.ledger, Ledger::Access::write);
    RecentReplies replies;
    ledger.read([&] { replies = summed(recent_replies(ledger, policy.reply_age, delivery.now)); });
    ledger.write([&] { note_outage(ledger, replies, delivery.now); });
    settled.cases = decide_pending_cases(ledger, policy, delivery.now);
    return settled;
}

}  // namespace ndr
