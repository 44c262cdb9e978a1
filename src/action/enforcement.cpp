#include "ndr_triage/action/enforcement.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/action/mail_hosts.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/refusal.hpp"
#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/ledger/cases.hpp"

namespace ndr {

namespace {

constexpr auto longest_wait = std::chrono::days(1);  // of a block for the letter of its case

// And lifts, which only a person makes due.
std::vector<FollowUpRow> due_blocks(Ledger& ledger, Instant now) {
    auto rows = list_follow_ups(ledger, {std::nullopt, true});
    std::erase_if(rows, [&](const FollowUpRow& row) {
        const auto kind = kind_of(row.follow_up.deed);
        return (kind != FollowUpKind::block && kind != FollowUpKind::lift) ||
               row.follow_up.state != FollowUpState::due || row.follow_up.due_at > now;
    });
    return rows;
}

// Our own outage looks like a contact's. What a person approved rests on that person.
std::string reason_to_wait(Ledger& ledger, const Policy& policy, const FollowUpRow& row,
                           Instant now) {
    if (!row.follow_up.approved_by.empty()) return {};
    CaseFile file;
    ledger.read([&] { file = load_case(ledger, row.complaint, policy, now); });
    return reason_to_wait(file, decide(policy, file, now), now);
}

// "" once it is done, given up, or a day late.
std::string notice_first(Ledger& ledger, const FollowUpRow& block, Instant now) {
    if (now >= block.follow_up.due_at + longest_wait) return {};
    std::vector<FollowUpRow> rows;
    ledger.read([&] { rows = list_follow_ups(ledger, {block.complaint, true}); });
    const bool waits = std::any_of(rows.begin(), rows.end(), [&](const FollowUpRow& row) {
        return kind_of(row.follow_up.deed) == FollowUpKind::notice &&
               row.follow_up.state == FollowUpState::due && row.follow_up.due_at <= now;
    });
    return waits ? "its notice to the postmaster goes out first" : "";
}

std::string line_of(const FollowUpRow& row, const std::string& why) {
    return fmt::format("{}, complaint {}: {}", description_of(row.follow_up.deed), row.complaint,
                       why);
}

// What became of one that is not due any more.
std::string standing_of(Ledger& ledger, std::int64_t id) {
    std::vector<FollowUpRow> rows;
    ledger.read([&] { rows = list_follow_ups(ledger, {std::nullopt, true, id}); });
    if (rows.empty()) return "not due any more";
    const FollowUp& follow_up = rows.front().follow_up;
    return fmt::format("{}: {}", text(follow_up.state), printable(follow_up.reason));
}

// Decided once more, with the surroundings of now; then it runs, or it is not due any more.
void carry_out(Ledger& ledger, const Policy& policy, const FollowUpRow& row, Instant now,
               CarriedOut& result) {
    bool is_done = false;
    ledger.write([&] {
        decide_case(ledger, policy, row.complaint, now);
        is_done = finish_follow_up(ledger, row.id, now);
        if (is_done) decide_case(ledger, policy, row.complaint, now);
    });
    if (is_done) {
        result.done.push_back(row);
    } else {
        result.waiting.push_back(
            line_of(row, "decided once more, it is " + standing_of(ledger, row.id)));
    }
}

// What `work` says of each back end, and what keeps it from working.
std::vector<std::string> faults_of(
    const BackEnds& back_ends,
    const std::function<std::vector<std::string>(const BackEnd&)>& work) {
    std::vector<std::string> faults;
    for (const auto& back_end : back_ends) {
        try {
            for (const auto& line : work(*back_end))
                faults.push_back(fmt::format("{}: {}", back_end->name(), line));
        } catch (const Failure& failure) {
            faults.emplace_back(failure.what());
        }
    }
    return faults;
}

// What the site refuses now is given to no back end.
void add(std::int64_t id, const Block& block, Instant ends_at, const Policy& policy,
         InForce& result) {
    const auto refusal = refusal_of(block, policy, 0);
    if (refusal && refusal->kind == Refusal::Kind::refused) {
        result.refused.push_back(fmt::format("block {} of {} is not applied: {}", id,
                                             block.range.text(), refusal->reason));
        return;
    }
    for (const auto& prefix : prefixes_of(block, policy.surroundings))
        result.blocks.push_back({id, prefix, ends_at});
}

}  // namespace

InForce in_force(Ledger& ledger, const Policy& policy, Instant now) {
    std::vector<RunningBlock> running;
    ledger.read([&] { running = running_blocks(ledger, now); });
    InForce result;
    for (const auto& block : running)
        add(block.id, block.block, block.ends_at, policy, result);
    return result;
}

InForce would_be_in_force(Ledger& ledger, const Policy& policy, Instant now) {
    InForce result = in_force(ledger, policy, now);
    std::vector<FollowUpRow> due;
    std::int64_t count = 0;
    ledger.read([&] {
        due = due_blocks(ledger, now);
        count = blocks_done_since(ledger, now - std::chrono::days(1));
    });
    for (const auto& row : due) {
        const auto* block = std::get_if<Block>(&row.follow_up.deed);
        if (block == nullptr || !reason_to_wait(ledger, policy, row, now).empty()) continue;
        if (row.follow_up.approved_by.empty() && count >= policy.blocks_a_day) continue;
        add(row.id, *block, now + block->term, policy, result);
        ++count;
    }
    return result;
}

CarriedOut carry_out_blocks(Ledger& ledger, const Policy& policy, const Conditions& conditions,
                            Instant now) {
    CarriedOut result;
    std::vector<FollowUpRow> due;
    bool is_first = false;
    ledger.read([&] {
        due = due_blocks(ledger, now);
        is_first = !was_ever_done(ledger, FollowUpKind::block);
    });
    for (const auto& row : due) {
        const bool is_lift = kind_of(row.follow_up.deed) == FollowUpKind::lift;
        std::string why;
        if (is_first && !conditions.is_first_allowed && !is_lift)
            why = "it would be the first: 'act --first' carries it out";
        if (why.empty() && !is_lift) why = reason_to_wait(ledger, policy, row, now);
        if (why.empty() && !is_lift && conditions.notices_go_first)
            why = notice_first(ledger, row, now);
        if (why.empty()) {
            carry_out(ledger, policy, row, now, result);
        } else {
            result.waiting.push_back(line_of(row, why));
        }
    }
    return result;
}

std::vector<std::string> apply(const BackEnds& back_ends, const InForce& wanted, Instant now) {
    return faults_of(back_ends, [&](const BackEnd& back_end) {
        back_end.apply(wanted.blocks, now);
        return std::vector<std::string>();
    });
}

std::vector<std::string> verify(const BackEnds& back_ends, const InForce& wanted, Instant now) {
    return faults_of(back_ends,
                     [&](const BackEnd& back_end) { return back_end.verify(wanted.blocks, now); });
}

}  // namespace ndr
