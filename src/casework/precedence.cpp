#include "precedence.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

namespace ndr {

namespace {

constexpr auto repeat_window = std::chrono::days(365);

bool is_same(const Deed& a, const Deed& b) {
    return kind_of(a) == kind_of(b) && target_of(a) == target_of(b);
}

// When a block that was carried out ended, or will end.
Instant end_of(const CaseFile& file, const Block& block, Instant begin) {
    Instant end = begin + block.term;
    for (const auto& known : file.history.follow_ups) {
        const auto* lift = std::get_if<Lift>(&known.deed);
        if (lift != nullptr && lift->range == block.range && known.done_at &&
            *known.done_at >= begin)
            end = std::min(end, *known.done_at);
    }
    return end;
}

// Until when what was done makes the same superfluous. A failure that is dated before then is
// covered, whenever it is decided: nothing comes up again by waiting.
Instant covered_until(const KnownFollowUp& known, const CaseFile& file, const Policy& policy) {
    if (const auto* block = std::get_if<Block>(&known.deed))
        return end_of(file, *block, *known.done_at);
    if (kind_of(known.deed) == FollowUpKind::call) return *known.done_at;
    return *known.done_at + policy.repeat_limit;
}

std::string described(const KnownFollowUp& known) {
    return fmt::format(
        "{}: {}", description_of(known.deed),
        known.complaint == 0 ? "by hand" : fmt::format("complaint {}", known.complaint));
}

std::optional<SeenTo> by_done(const FollowUp& follow_up, const KnownFollowUp& known,
                              const CaseFile& file, const Policy& policy) {
    if (known.complaint == file.complaint.id) return SeenTo{described(known), true};
    const Instant until = covered_until(known, file, policy);
    if (follow_up.due_at >= until) return std::nullopt;
    return SeenTo{
        fmt::format("{} had it done on {}; not again before {}", described(known),
                    iso_text(*known.done_at).substr(0, 10), iso_text(until).substr(0, 10)),
        false};
}

std::optional<SeenTo> by_due(const FollowUp& follow_up, const KnownFollowUp& known,
                             const CaseFile& file) {
    if (known.complaint == file.complaint.id) return std::nullopt;
    const bool is_first = std::tie(known.due_at, known.sent_at, known.complaint) <
                          std::tie(follow_up.due_at, file.complaint.sent_at, file.complaint.id);
    if (follow_up.state == FollowUpState::due && !is_first) return std::nullopt;
    return SeenTo{described(known) + " has it due", false};
}

}  // namespace

std::optional<SeenTo> seen_to(const FollowUp& follow_up, const CaseFile& file,
                              const Policy& policy) {
    if (kind_of(follow_up.deed) == FollowUpKind::lift) return std::nullopt;
    for (const auto& known : file.history.follow_ups) {
        if (!is_same(known.deed, follow_up.deed)) continue;
        auto found = known.done_at ? by_done(follow_up, known, file, policy)
                                   : by_due(follow_up, known, file);
        if (found) return found;
    }
    return std::nullopt;
}

std::optional<PastBlock> last_block(const CaseFile& file) {
    std::optional<PastBlock> last;
    for (const auto& known : file.history.follow_ups) {
        const auto* block = std::get_if<Block>(&known.deed);
        if (block == nullptr || !known.done_at || block->range != file.network.range) continue;
        const PastBlock past{known.complaint, *known.done_at, end_of(file, *block, *known.done_at),
                             block->term};
        if (!last || last->end < past.end) last = past;
    }
    return last;
}

Seconds block_term(const CaseFile& file, const Policy& policy, Instant due_at) {
    const auto last = last_block(file);
    if (!last || policy.repeat_factor == 1 || last->end + repeat_window <= due_at)
        return policy.block_term;
    const Seconds grown = last->term * policy.repeat_factor;
    return std::max(policy.block_term, std::min(grown, policy.longest_block));
}

}  // namespace ndr
