#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "ndr_triage/triage/evidence.hpp"
#include "ndr_triage/triage/rules.hpp"
#include "statements.hpp"

namespace ndr {

namespace {

const Rule* winning_code(const RuleSet& rules, RuleField field, std::string_view text) {
    if (field == RuleField::status) {
        const auto status = parse_status(text);
        return status ? rules.find(*status) : nullptr;
    }
    const auto codes = find_codes(text);
    return codes.reply_code ? rules.find_reply_code(*codes.reply_code) : nullptr;
}

const Rule* winning_phrase(const RuleSet& rules, RuleField field, std::string_view text) {
    const auto findings = statements_in(rules, std::string(text), fields_beside(field));
    const Weighing weighing = weigh(findings);
    if (weighing.rule != nullptr || weighing.is_contradictory) return weighing.rule;
    return findings.empty() ? nullptr : findings.front().rule;  // `failed` or `delayed`
}

// The phrase as a text of its own.
std::string spoken(const Rule& rule) {
    std::string text(rule.phrase);
    std::replace(text.begin(), text.end(), '*', 'x');
    return text;
}

class Check {
public:
    explicit Check(const RuleSet& rules) : rules_(rules) {}

    std::vector<RuleFault> all() {
        for (const auto& rule : rules_.rules()) {
            if (rule.line != line_) check_line(rule);
            line_ = rule.line;
            check_phrase(rule);
        }
        return std::move(faults_);
    }

private:
    void check_line(const Rule& rule) {
        if (rule.line->examples.empty()) add(rule, "a rule without an example");
        for (const auto example : rule.line->examples) {
            const std::string what = fmt::format(
                "'{}: {}' does not win its example: ", text(rule.field), rule.line->pattern);
            compare(rule, example, what);
        }
    }

    void check_phrase(const Rule& rule) {
        // A site's rule may stand in for a standard one of the same phrase.
        const std::string name = (rule.line->is_site ? "site " : "") + rule.name();
        if (!names_.insert(name).second) {
            add(rule, fmt::format("'{}' stands twice", rule.name()));
            return;
        }
        if (rule.is_code()) return;
        if (folded(rule.phrase) != rule.phrase)
            add(rule,
                fmt::format("write the phrase '{}' as '{}'", rule.phrase, folded(rule.phrase)));
        else if (rule.phrase != rule.line->pattern)
            compare(rule, spoken(rule),
                    fmt::format("'{}' does not win its own words: ", rule.name()));
    }

    // The line of `rule` must win on `words`.
    void compare(const Rule& rule, std::string_view words, const std::string& what) {
        const Rule* won = winner(rules_, rule.field, words);
        if (won != nullptr && won->line == rule.line) return;
        const std::string by =
            won == nullptr ? "no rule" : fmt::format("'{}' ({})", won->name(), won->line->place());
        const bool overrides = won != nullptr && won->line->is_site && !rule.line->is_site;
        add(rule,
            fmt::format("{}{} {} '{}'", what, by, overrides ? "overrides" : "wins",
                        printable(words)),
            overrides);
    }

    void add(const Rule& rule, const std::string& what, bool is_override = false) {
        faults_.push_back({&rule, fmt::format("{}: {}", rule.line->place(), what), is_override});
    }

    const RuleSet& rules_;
    const RuleLine* line_ = nullptr;
    std::set<std::string> names_;
    std::vector<RuleFault> faults_;
};

}  // namespace

const Rule* winner(const RuleSet& rules, RuleField field, std::string_view text) {
    if (field == RuleField::status || field == RuleField::reply_code)
        return winning_code(rules, field, text);
    return winning_phrase(rules, field, text);
}

std::vector<RuleFault> check(const RuleSet& rules) {
    return Check(rules).all();
}

}  // namespace ndr
