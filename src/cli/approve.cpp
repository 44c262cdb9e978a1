#include <fmt/core.h>

#include "command.hpp"
#include "ndr_triage/action/approval.hpp"
#include "ndr_triage/base/login.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/view/review.hpp"

namespace ndr {

namespace {

std::vector<std::int64_t> numbers_of(const std::vector<std::string>& words,
                                     std::string_view command) {
    std::vector<std::int64_t> numbers;
    for (const auto& word : words) {
        const auto number = parse_number(word);
        if (!number)
            throw UsageError(fmt::format("{}: '{}' is no number of a follow-up: 'review' has them",
                                         command, printable(word)));
        numbers.push_back(*number);
    }
    return numbers;
}

// Only follow-ups of that kind, if one is given.
std::vector<FollowUpRow> wanted(std::vector<FollowUpRow> rows, const Options& options,
                                std::string_view command) {
    const auto word = options.value("kind");
    if (!word) return rows;
    const auto kind = follow_up_kind_of(*word);
    if (!kind)
        throw UsageError(fmt::format("{}: --kind: '{}' is none: block, report, notice, call, lift",
                                     command, printable(*word)));
    std::erase_if(rows,
                  [&](const FollowUpRow& row) { return kind_of(row.follow_up.deed) != *kind; });
    return rows;
}

std::string text_of(const Doubtful& doubtful) {
    return fmt::format("left out, approve {} alone: {}\n{:10}{}\n", doubtful.row.id,
                       printable(description_of(doubtful.row.follow_up.deed)), "",
                       printable(doubtful.why));
}

// Shown first; nullopt if that is all. To dismiss what is doubtful harms nobody.
std::optional<std::vector<std::int64_t>> listed_in_bulk(Context& context, Ledger& ledger,
                                                        Ruling::Verb verb,
                                                        std::string_view command) {
    auto rows = wanted(proven(ledger), context.options(), command);
    std::vector<Doubtful> left_out;
    if (verb != Ruling::Verb::dismiss)
        left_out = take_doubtful(rows, ledger, context.configuration().policy, context.now());
    for (const auto& doubtful : left_out)
        print(text_of(doubtful));
    if (rows.empty()) {
        print(fmt::format("nothing to {}: no {}signed follow-up waits\n", command,
                          left_out.empty() ? "" : "other "));
        return std::nullopt;
    }
    print(review_text(review_of(rows), 0));
    if (!context.options().has("yes")) {
        print(fmt::format("nothing is changed yet: '{} --all --yes' does it to {}\n", command,
                          rows.size() == 1 ? "this one" : "these " + std::to_string(rows.size())));
        return std::nullopt;
    }
    std::vector<std::int64_t> numbers;
    numbers.reserve(rows.size());
    for (const auto& row : rows)
        numbers.push_back(row.id);
    return numbers;
}

std::string outcome_line(std::int64_t id, const std::optional<FollowUpRow>& row) {
    if (!row) return fmt::format("{}: the case does not ask for it any more\n", id);
    return fmt::format("{}: {} {}\n", id, text(row->follow_up.state),
                       printable(description_of(row->follow_up.deed)));
}

ExitStatus rule(Context& context, Ruling::Verb verb, std::string_view command) {
    const bool is_bulk = context.options().has("all");
    if (is_bulk != context.operands().empty())
        throw UsageError(
            fmt::format("{}: write '{} N...', or '{} --all'", command, command, command));
    const auto given = numbers_of(context.operands(), command);
    const Order order{verb, "", login_name(), context.options().value("why").value_or("")};
    const Policy& policy = context.configuration().policy;
    context.ledger(Ledger::Access::read);  // must be there already
    Ledger ledger = context.ledger(Ledger::Access::write);
    const auto numbers =
        is_bulk ? listed_in_bulk(context, ledger, verb, command) : std::optional(given);
    for (const auto id : numbers.value_or(std::vector<std::int64_t>()))
        print(outcome_line(id, rule_on(ledger, policy, id, order, context.now())));
    return ExitStatus::ok;
}

ExitStatus approve(Context& context) {
    const bool is_around = context.options().has("around");
    return rule(context, is_around ? Ruling::Verb::approve_around : Ruling::Verb::approve,
                "approve");
}

ExitStatus dismiss(Context& context) {
    return rule(context, Ruling::Verb::dismiss, "dismiss");
}

std::vector<OptionSpec> with(std::vector<OptionSpec> options) {
    options.push_back({"why", "TEXT", "kept with your login name, for whoever asks later"});
    options.push_back({"all", "", "all that rests on signed replies; shown first"});
    options.push_back(
        {"kind", "KIND", "with --all: blocks, reports, notices, calls or lifts only"});
    options.push_back({"yes", "", "with --all: do it"});
    return options;
}

}  // namespace

Subcommand approve_command() {
    return {"approve",
            "[N...]",
            "Make what waits due: 'act' carries it out",
            with({{"around", "", "a block: all but what must stay open"}}),
            0,
            any_number,
            approve};
}

Subcommand dismiss_command() {
    return {"dismiss",  "[N...]", "Do not do it: it leaves the review", with({}), 0,
            any_number, dismiss};
}

}  // namespace ndr
