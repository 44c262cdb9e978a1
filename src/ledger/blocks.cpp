#include "ndr_triage/ledger/blocks.hpp"

#include <algorithm>

#include "deed_columns.hpp"
#include "ndr_triage/network/address_words.hpp"
#include "statement.hpp"

namespace ndr {

std::vector<RunningBlock> running_blocks(Ledger& ledger, Instant now) {
    return blocks_between(ledger, now, Instant::max());
}

std::vector<RunningBlock> blocks_between(Ledger& ledger, Instant from, Instant until) {
    // A lift ends what began before it.
    Statement row(ledger,
                  "SELECT id, ifnull(complaint, 0), target, term, around, done_at, "
                  "min(done_at + term, ifnull((SELECT min(lift.done_at) FROM follow_up AS lift "
                  "WHERE lift.kind = 'lift' AND lift.state = 'done' "
                  "AND lift.target = follow_up.target "
                  "AND (lift.done_at, lift.id) > (follow_up.done_at, follow_up.id)), "
                  "done_at + term)) AS ends_at, reason FROM follow_up "
                  "WHERE kind = 'block' AND state = 'done' AND ends_at > ? AND done_at <= ? "
                  "ORDER BY done_at, id");
    row.bind(from, until);
    std::vector<RunningBlock> blocks;
    while (row.step()) {
        const auto range = AddressRange::parse(row.text(2));
        if (range)
            blocks.push_back({row.number(0), row.number(1),
                              Block{*range, Seconds(row.number(3)), row.flag(4)}, row.instant(5),
                              row.instant(6), row.text(7)});
    }
    return blocks;
}

std::string own_block_over(Ledger& ledger, const std::string& diagnostic_code,
                           const std::string& remote_mta, Instant from, Instant until) {
    constexpr std::size_t most_octets = 1000;
    const auto addresses = addresses_in_words(diagnostic_code.substr(0, most_octets) + " " +
                                              remote_mta.substr(0, most_octets));
    if (addresses.empty()) return {};
    for (const auto& block : blocks_between(ledger, from, until)) {
        const bool covers = std::any_of(
            addresses.begin(), addresses.end(),
            [&](const Address& address) { return block.block.range.contains(address); });
        if (covers) return block.block.range.text();
    }
    return {};
}

std::optional<Instant> blocked_until(Ledger& ledger, const Address& address, Instant now) {
    std::optional<Instant> until;
    for (const auto& block : running_blocks(ledger, now)) {
        if (block.block.range.contains(address))
            until = std::max(until.value_or(block.ends_at), block.ends_at);
    }
    return until;
}

std::int64_t put_by_hand(Ledger& ledger, const Deed& deed, const std::string& reason,
                         const std::string& by, Instant now) {
    Statement row(ledger,
                  "INSERT INTO follow_up (kind, target, state, due_at, reason, approved_by, term, "
                  "around, decided_at, done_at) VALUES (?, ?, 'done', ?, ?, ?, ?, ?, ?, ?) "
                  "RETURNING id");
    row.bind(text(kind_of(deed)), target_of(deed), now, reason, by, term_of(deed), is_around(deed),
             now, now);
    row.step();
    return row.number(0);
}

bool finish_follow_up(Ledger& ledger, std::int64_t id, Instant now) {
    Statement statement(ledger,
                        "UPDATE follow_up SET state = 'done', done_at = ? WHERE id = ? "
                        "AND state = 'due' AND due_at <= ?");
    return statement.bind(now, id, now).exec() == 1;
}

std::int64_t blocks_done_since(Ledger& ledger, Instant since) {
    Statement row(ledger,
                  "SELECT count(DISTINCT target) FROM follow_up WHERE kind = 'block' "
                  "AND done_at > ?");
    row.bind(since).step();
    return row.number(0);
}

bool was_ever_done(Ledger& ledger, FollowUpKind kind) {
    Statement row(ledger,
                  "SELECT EXISTS (SELECT 1 FROM follow_up WHERE kind = ? AND state = 'done' "
                  "AND complaint IS NOT NULL)");
    row.bind(text(kind)).step();
    return row.flag(0);
}

}  // namespace ndr
