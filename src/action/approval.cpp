#include "ndr_triage/action/approval.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/lost_connection.hpp"
#include "ndr_triage/casework/refusal.hpp"
#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/ledger/cases.hpp"
#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "ndr_triage/ledger/rulings.hpp"

namespace ndr {

namespace {

using Verb = Ruling::Verb;

bool is_approval(Verb verb) {
    return verb == Verb::approve || verb == Verb::approve_around;
}

bool waits(const FollowUp& follow_up) {
    return follow_up.state == FollowUpState::proposed || follow_up.state == FollowUpState::held;
}

bool aims_at_network(const FollowUp& follow_up) {
    const auto kind = kind_of(follow_up.deed);
    return kind == FollowUpKind::block || kind == FollowUpKind::report;
}

[[noreturn]] void refuse(const FollowUpRow& row, const std::string& why) {
    throw Failure(
        ExitStatus::data_error,
        fmt::format("{} ({}): {}", row.id, printable(description_of(row.follow_up.deed)), why));
}

void require_approvable(Ledger& ledger, const Policy& policy, const FollowUpRow& row, Verb verb) {
    const FollowUp& follow_up = row.follow_up;
    const bool is_block = kind_of(follow_up.deed) == FollowUpKind::block;
    if (verb == Verb::approve_around && !is_block) refuse(row, "--around is for blocks alone");
    if (follow_up.state == FollowUpState::due && !follow_up.approved_by.empty())
        refuse(row, "it is due already: 'act' carries it out");
    if (follow_up.state == FollowUpState::refused && verb == Verb::approve)
        refuse(row, fmt::format("{}; nobody may approve that{}", printable(follow_up.reason),
                                is_block && helps_around(std::get<Block>(follow_up.deed), policy)
                                    ? ", but '--around' blocks what is left"
                                    : ""));
    const Network network = get_network(ledger, network_of_complaint(ledger, row.complaint));
    if (aims_at_network(follow_up) && network.is_guess())
        refuse(row, fmt::format("the network is only a guess: 'networks refresh {}' or 'networks "
                                "import FILE' first{}",
                                row.address.text(), is_block ? ", or 'blocks add PREFIX'" : ""));
}

FollowUpRow open_one(Ledger& ledger, std::int64_t id) {
    const auto rows = list_follow_ups(ledger, {std::nullopt, false, id});
    if (rows.empty())
        throw Failure(
            ExitStatus::no_input,
            fmt::format("{}: there is no such follow-up: 'review' has their numbers", id));
    if (rows.front().done_at)
        refuse(rows.front(), fmt::format("it was done on {}", local_text(*rows.front().done_at)));
    return rows.front();
}

}  // namespace

std::optional<FollowUpRow> rule_on(Ledger& ledger, const Policy& policy, std::int64_t id,
                                   const Order& order, Instant now) {
    std::optional<FollowUpRow> ruled;
    ledger.write([&] {
        const FollowUpRow row = open_one(ledger, id);
        if (is_approval(order.verb)) require_approvable(ledger, policy, row, order.verb);
        const Deed& deed = row.follow_up.deed;
        add_ruling(
            ledger, row.complaint,
            {kind_of(deed), target_of(deed), order.verb, order.detail, now, order.by, order.why});
        release_follow_up(ledger, id);
        decide_case(ledger, policy, row.complaint, now);
        auto rows = list_follow_ups(ledger, {std::nullopt, false, id});
        if (!rows.empty()) ruled = std::move(rows.front());
        if (is_approval(order.verb) && ruled && ruled->follow_up.state == FollowUpState::refused)
            refuse(*ruled, printable(ruled->follow_up.reason));
    });
    return ruled;
}

std::vector<FollowUpRow> proven(Ledger& ledger) {
    std::vector<FollowUpRow> rows;
    ledger.read([&] {
        rows = list_follow_ups(ledger, {std::nullopt, true});
        std::erase_if(rows, [&](const FollowUpRow& row) {
            return !waits(row.follow_up) || row.follow_up.trust != Trust::is_signed ||
                   get_network(ledger, network_of_complaint(ledger, row.complaint)).is_guess();
        });
    });
    return rows;
}

std::vector<Doubtful> take_doubtful(std::vector<FollowUpRow>& rows, Ledger& ledger,
                                    const Policy& policy, Instant now) {
    std::vector<Doubtful> doubtful;
    ledger.read([&] {
        std::erase_if(rows, [&](const FollowUpRow& row) {
            const CaseFile file = load_case(ledger, row.complaint, policy, now);
            std::string why = doubt_about(row.follow_up.deed, decide(policy, file, now).contacts,
                                          policy, file.history);
            if (why.empty()) return false;
            doubtful.push_back({row, std::move(why)});
            return true;
        });
    });
    return doubtful;
}

}  // namespace ndr
