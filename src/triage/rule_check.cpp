#include <fmt/core.h>

#include <set>

#include "ndr_triage/triage/evidence.hpp"
#include "ndr_triage/triage/names.hpp"
#include "ndr_triage/triage/rules.hpp"

namespace ndr {

namespace {

std::string place(const Rule& rule) {
    return fmt::format("{}:{}", rule.file, rule.line);
}

const Rule* winning_code(const RuleSet& rules, RuleField field, std::string_view text) {
    if (field == RuleField::status) {
        const auto status = parse_status(text);
        return status ? rules.find(*status) : nullptr;
    }
    const auto codes = find_codes(text);
    return codes.reply_code ? rules.find_reply_code(*codes.reply_code) : nullptr;
}

const Rule* winning_phrase(const RuleSet& rules, RuleField field, std::string_view text) {
    const auto findings = rules.find(without_names(text), fields_beside(field));
    const Ruling ruling = ruling_of(findings);
    if (ruling.rule != nullptr || ruling.is_contradictory) return ruling.rule;
    return findings.empty() ? nullptr : findings.front().rule;  // `failed` or `delayed`
}

void check_examples(const RuleSet& rules, const Rule& rule, std::vector<RuleFault>& faults) {
    for (const auto& example : rule.examples) {
        const Rule* won = winner(rules, rule.field, example);
        if (won == &rule) continue;
        const std::string by =
            won == nullptr ? "no rule" : fmt::format("'{}' ({})", won->name(), place(*won));
        const bool overrides = won != nullptr && won->file != rule.file;
        faults.push_back(
            {&rule,
             fmt::format("{}: '{}' does not win its example: {} {} '{}'", place(rule), rule.name(),
                         by, overrides ? "overrides" : "wins", printable(example))});
    }
}

}  // namespace

const Rule* winner(const RuleSet& rules, RuleField field, std::string_view text) {
    if (field == RuleField::status || field == RuleField::reply_code)
        return winning_code(rules, field, text);
    return winning_phrase(rules, field, text);
}

std::vector<RuleFault> check(const RuleSet& rules) {
    std::vector<RuleFault> faults;
    std::set<std::string> names;
    for (const auto& rule : rules.rules()) {
        if (rule.examples.empty())
            faults.push_back({&rule, place(rule) + ": a rule without an example"});
        // A site's rule may stand in for a standard one of the same phrase.
        if (!names.insert((rule.is_site ? "site " : "") + rule.name()).second)
            faults.push_back(
                {&rule, fmt::format("{}: '{}' stands twice", place(rule), rule.name())});
        const bool is_code = rule.field == RuleField::status || rule.field == RuleField::reply_code;
        if (!is_code && folded(rule.phrase) != rule.phrase)
            faults.push_back({&rule, fmt::format("{}: write the phrase as '{}'", place(rule),
                                                 folded(rule.phrase))});
        check_examples(rules, rule, faults);
    }
    return faults;
}

}  // namespace ndr
