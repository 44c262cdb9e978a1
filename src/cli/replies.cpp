#include <fmt/core.h>

#include "command.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/mail/message.hpp"
#include "ndr_triage/view/explanation.hpp"
#include "ndr_triage/view/lists.hpp"

namespace ndr {

namespace {

std::int64_t reply_number(const std::string& word) {
    const auto number = parse_number(word);
    if (!number)
        throw UsageError(
            fmt::format("replies: '{}' is no number: 'replies' lists them", printable(word)));
    return *number;
}

[[noreturn]] void throw_unknown(std::int64_t id) {
    throw Failure(ExitStatus::no_input,
                  fmt::format("reply {}: not in the ledger: 'replies' lists them", id));
}

ExitStatus list(Context& context) {
    ReplyFilter filter;
    if (const auto word = context.options().value("outcome")) {
        filter.outcome = outcome_of(*word);
        if (!filter.outcome)
            throw UsageError(fmt::format("--outcome {}: no outcome", printable(*word)));
    }
    if (const auto word = context.options().value("last")) {
        filter.most = parse_number(*word).value_or(0);
        if (filter.most < 1)
            throw UsageError(fmt::format("--last {}: no number", printable(*word)));
    }
    std::vector<ReplyRow> rows;
    Ledger ledger = context.ledger(Ledger::Access::read);
    ledger.read([&] { rows = list_replies(ledger, filter); });
    context.print(listing_of(rows), "no replies");
    return ExitStatus::ok;
}

ExitStatus show(Context& context, std::int64_t id) {
    Ledger ledger = context.ledger(Ledger::Access::read);
    std::optional<Reply> reply;
    ledger.read([&] { reply = get_reply(ledger, id); });
    if (!reply) throw_unknown(id);
    if (context.options().has("octets")) {
        if (reply->octets.empty() && reply->size > 0)
            throw Failure(ExitStatus::no_input,
                          fmt::format("reply {}: its octets were purged, as 'keep' says; 'replies "
                                      "show {}' tells what was read in them",
                                      id, id));
        print(reply->octets);
        return ExitStatus::ok;
    }
    const House house = context.house();
    const std::string name = fmt::format("reply {}, received {}, {} octets", id,
                                         local_text(reply->received_at), reply->size);
    const Preview preview = preview_of(ledger, house, reply->digest, reply->envelope,
                                       std::move(reply->judgement), context.now());
    print(explanation(name, preview.judgement, terminal_width()) +
          explanation(preview, house.policy));
    return ExitStatus::ok;
}

// The rules may have changed since the reply was judged; its octets have not.
ExitStatus reclassify(Context& context, const std::vector<std::int64_t>& wanted) {
    set_up_mail(true);
    const RuleSet rules = context.rules();
    ParsingChild child(rules);
    Ledger ledger = context.ledger(Ledger::Access::write);
    const House house = context.house();
    std::vector<std::int64_t> ids = wanted;
    if (ids.empty()) {
        ledger.read([&] {
            for (const auto& row : list_replies(ledger, {}))
                ids.push_back(row.id);
        });
    }
    std::size_t changed = 0;
    for (const auto id : ids) {
        std::optional<Reply> reply;
        ledger.read([&] { reply = get_reply(ledger, id); });
        if (!reply) throw_unknown(id);
        if (reply->octets.size() < reply->size) continue;  // only the beginning was kept
        auto examination = child.judge(reply->octets);
        if (!examination.judgement)
            throw Failure(ExitStatus::software, fmt::format("reply {}: {}", id, examination.fault));
        const Outcome before = reply->judgement.outcome;
        const auto receipt =
            take_in_again(ledger, house, id, std::move(*examination.judgement), context.now());
        if (!receipt || receipt->judgement.outcome == before) continue;
        print(fmt::format("reply {}: {} -> {}\n", id, text(before),
                          text(receipt->judgement.outcome)));
        ++changed;
    }
    print(fmt::format("{} judged, {} changed\n", counted(ids.size(), "reply", "replies"), changed));
    return ExitStatus::ok;
}

ExitStatus replies(Context& context) {
    const auto& words = context.operands();
    if (words.empty() || (words.front() == "list" && words.size() == 1)) return list(context);
    std::vector<std::int64_t> ids;
    for (std::size_t i = 1; i < words.size(); ++i)
        ids.push_back(reply_number(words[i]));
    if (words.front() == "show" && ids.size() == 1) return show(context, ids.front());
    if (words.front() == "reclassify") return reclassify(context, ids);
    throw UsageError(
        "replies: write 'replies [list]', 'replies show N' or 'replies reclassify [N]...'");
}

}  // namespace

Subcommand replies_command() {
    return {"replies",
            "[list | show N | reclassify [N]...]",
            "List replies, show one with its evidence, judge stored ones anew",
            {{"outcome", "OUTCOME", "list only these"},
             {"last", "COUNT", "list only the latest so many"},
             {"octets", "", "show: the message itself"},
             {"json", "", "one object a line"}},
            0,
            any_number,
            replies};
}

}  // namespace ndr
