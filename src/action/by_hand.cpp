#include "ndr_triage/action/by_hand.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/refusal.hpp"
#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"
#include "ndr_triage/ledger/rulings.hpp"

namespace ndr {

namespace {

void decide_cases_about(Ledger& ledger, const Policy& policy, const AddressRange& range,
                        Instant now) {
    std::vector<std::int64_t> complaints;
    for (const auto& row : list_follow_ups(ledger, {std::nullopt, true})) {
        const bool is_known =
            std::find(complaints.begin(), complaints.end(), row.complaint) != complaints.end();
        if (row.network == range && !is_known) complaints.push_back(row.complaint);
    }
    for (const auto complaint : complaints)
        decide_case(ledger, policy, complaint, now);
}

std::int64_t put(Ledger& ledger, const Policy& policy, const Deed& deed, const AddressRange& range,
                 const Hand& hand, Instant now) {
    const std::string reason = hand.why.empty() ? "by hand" : "by hand: " + hand.why;
    const std::int64_t id = put_by_hand(ledger, deed, reason, hand.by, now);
    add_ruling(ledger, std::nullopt,
               {kind_of(deed), target_of(deed), Ruling::Verb::approve, "", now, hand.by, hand.why});
    decide_cases_about(ledger, policy, range, now);
    return id;
}

void require_allowed(const Block& block, const Policy& policy, bool is_sure) {
    const auto refusal = refusal_of(block, policy, 0);
    if (!refusal) return;
    if (refusal->kind == Refusal::Kind::refused)
        throw UsageError(
            fmt::format("{} is not blocked: {}{}", block.range.text(), refusal->reason,
                        helps_around(block, policy) ? "; '--around' blocks what is left" : ""));
    if (!is_sure)
        throw UsageError(fmt::format("{}: {}: write --yes if that is meant", block.range.text(),
                                     refusal->reason));
}

// Blocks of the same range end with one lift.
void lift(Ledger& ledger, const Policy& policy, const std::vector<RunningBlock>& blocks,
          const Hand& hand, Instant now) {
    std::vector<AddressRange> lifted;
    for (const auto& block : blocks) {
        const AddressRange& range = block.block.range;
        if (std::find(lifted.begin(), lifted.end(), range) != lifted.end()) continue;
        lifted.push_back(range);
        put(ledger, policy, Lift{range}, range, hand, now);
    }
}

[[noreturn]] void refuse_lift(const AddressRange& range, const std::vector<RunningBlock>& running) {
    std::string others;
    for (const auto& block : running) {
        if (block.block.range.overlaps(range)) others += " " + block.block.range.text();
    }
    throw Failure(
        ExitStatus::no_input,
        fmt::format("no block of {} runs: {}", range.text(),
                    others.empty() ? "'blocks' lists those that do"
                                   : "name one of these, or 'allow add' a part:" + others));
}

}  // namespace

std::int64_t block_by_hand(Ledger& ledger, const Policy& policy, const Block& block,
                           const Hand& hand, bool is_sure, Instant now) {
    require_allowed(block, policy, is_sure);
    std::int64_t id = 0;
    ledger.write([&] { id = put(ledger, policy, block, block.range, hand, now); });
    return id;
}

std::vector<RunningBlock> lift_by_hand(Ledger& ledger, const Policy& policy,
                                       const AddressRange& range, const Hand& hand, Instant now) {
    std::vector<RunningBlock> lifted;
    ledger.write([&] {
        const auto running = running_blocks(ledger, now);
        std::copy_if(running.begin(), running.end(), std::back_inserter(lifted),
                     [&](const RunningBlock& block) { return block.block.range == range; });
        if (lifted.empty()) refuse_lift(range, running);
        lift(ledger, policy, lifted, hand, now);
    });
    return lifted;
}

std::vector<RunningBlock> lift_all_by_hand(Ledger& ledger, const Policy& policy, const Hand& hand,
                                           Instant now) {
    std::vector<RunningBlock> lifted;
    ledger.write([&] {
        lifted = running_blocks(ledger, now);
        lift(ledger, policy, lifted, hand, now);
    });
    return lifted;
}

}  // namespace ndr
