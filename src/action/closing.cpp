#include "ndr_triage/action/closing.hpp"

#include <fmt/core.h>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/ledger/rulings.hpp"

namespace ndr {

namespace {

FollowUpRow open_one(Ledger& ledger, FollowUpKind kind, std::int64_t id) {
    const auto rows = list_follow_ups(ledger, {std::nullopt, false, id});
    if (rows.empty() || kind_of(rows.front().follow_up.deed) != kind)
        throw Failure(ExitStatus::no_input,
                      fmt::format("there is no {} {}: '{}s list --all' has them", text(kind), id,
                                  text(kind)));
    const FollowUpRow& row = rows.front();
    if (row.done_at)
        throw Failure(
            ExitStatus::data_error,
            fmt::format("{} ({}): it was done on {} already", id,
                        printable(description_of(row.follow_up.deed)), local_text(*row.done_at)));
    return row;
}

bool is_same(const Deed& a, const Deed& b) {
    return kind_of(a) == kind_of(b) && target_of(a) == target_of(b);
}

}  // namespace

FollowUpRow close_follow_up(Ledger& ledger, const Policy& policy, FollowUpKind kind,
                            std::int64_t id, const Order& order, Instant now) {
    FollowUpRow closed;
    ledger.write([&] {
        closed = open_one(ledger, kind, id);
        const Deed& deed = closed.follow_up.deed;
        add_ruling(ledger, closed.complaint,
                   {kind, target_of(deed), order.verb, order.detail, now, order.by, order.why});
        mark_done(ledger, id, now);
        decide_case(ledger, policy, closed.complaint, now);
        // What was done for one complaint is not asked for by another.
        for (const auto& row : list_follow_ups(ledger, {std::nullopt, true})) {
            if (is_same(row.follow_up.deed, deed)) decide_case(ledger, policy, row.complaint, now);
        }
    });
    return closed;
}

}  // namespace ndr
