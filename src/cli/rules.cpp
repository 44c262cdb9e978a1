#include "ndr_triage/triage/rules.hpp"

#include <fmt/core.h>

#include <optional>

#include "judging.hpp"
#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/view/explanation.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

namespace {

// The phrases of the line that `at` begins; moves `at` behind them.
std::vector<std::string> phrases_of_line(const std::deque<Rule>& rules, std::size_t& at) {
    const RuleLine* line = rules[at].line;
    std::vector<std::string> phrases;
    for (; at < rules.size() && rules[at].line == line; ++at)
        phrases.emplace_back(rules[at].phrase);
    return phrases;
}

ExitStatus list(Context& context) {
    const RuleSet set = context.rules();
    const auto& rules = set.rules();
    Listing listing{{{"outcome", "MEANS"},
                     {"field", "FIELD"},
                     {"phrase", "PHRASE"},
                     {"phrases", ""},
                     {"file", ""},
                     {"line", ""},
                     {"place", "FROM"},
                     {"examples", ""}},
                    {}};
    for (std::size_t at = 0; at < rules.size();) {
        const Rule& rule = rules[at];
        const RuleLine& line = *rule.line;
        listing.rows.push_back(
            {rule.meaning(), std::string(text(rule.field)), std::string(line.pattern),
             phrases_of_line(rules, at), std::string(line.file),
             static_cast<std::int64_t>(line.number), line.place(),
             std::vector<std::string>(line.examples.begin(), line.examples.end())});
    }
    context.print(listing, "no rules");
    return ExitStatus::ok;
}

ExitStatus check_rules(Context& context) {
    const RuleSet rules = context.rules();
    std::size_t faults = 0;
    for (const auto& fault : check(rules)) {
        if (fault.is_override) {
            print(printable(fault.text, 2000) + "\n");
        } else {
            log::error("{}", printable(fault.text, 2000));
            ++faults;
        }
    }
    print(fmt::format("{} with {}, {}\n", counted(rules.lines().size(), "rule"),
                      counted(rules.rules().size(), "phrase"), counted(faults, "fault")));
    return faults == 0 ? ExitStatus::ok : ExitStatus::config;
}

RuleField field_of(const std::string& word) {
    const auto field = rule_field_of(word);
    if (!field)
        throw UsageError(
            fmt::format("--field {}: no field: 'rules list' shows them", printable(word)));
    return *field;
}

// "  mailbox-full  text: is full (standard.rules:42) lies within 'text: mailbox is full'"
std::string contest(const RuleSet& rules, RuleField field, std::string_view words,
                    const std::string& indent) {
    std::string text;
    for (const auto& contender : contenders(rules, field, words)) {
        const Rule& rule = *contender.finding.rule;
        text += fmt::format("{}{}  {} ({}) {}\n", indent, rule.meaning(), rule.name(),
                            rule.line->place(), contender.fate);
    }
    return text;
}

ExitStatus test_text(Context& context, const std::string& words) {
    const RuleField field = field_of(context.options().value("field").value_or("diagnostic-code"));
    const RuleSet rules = context.rules();
    const Rule* rule = winner(rules, field, words);
    if (rule == nullptr) {
        print("no rule wins: undetermined\n");
    } else {
        print(fmt::format("{}  {}\n{}\n", rule->meaning(), rule->name(), rule->line->place()));
    }
    print(contest(rules, field, words, "    "));
    return ExitStatus::ok;
}

// The field whose rules read what stood there; nullopt: no phrases.
std::optional<RuleField> field_at(Place place) {
    switch (place) {
        case Place::diagnostic_code:
        case Place::localized_diagnostic:
            return RuleField::diagnostic_code;
        case Place::notification:
            return RuleField::notification;
        case Place::subject:
            return RuleField::subject;
        case Place::auto_reply:
            return RuleField::auto_reply;
        case Place::action:
        case Place::disposition:
        case Place::status_in_diagnostic:
        case Place::status:
        case Place::reply_code:
        case Place::mark:
            break;
    }
    return std::nullopt;
}

std::string contests(const RuleSet& rules, const std::vector<Evidence>& evidence) {
    std::string text;
    std::size_t number = 0;
    for (const auto& piece : evidence) {
        ++number;
        const auto field = field_at(piece.place);
        const auto lines = field ? contest(rules, *field, piece.text, "       ") : "";
        if (!lines.empty())
            text += fmt::format("  {:>2}.  {}\n{}", number, ndr::text(piece.place), lines);
    }
    return text;
}

ExitStatus test_message(Context& context, const std::string& path) {
    const Examined examined = one_message(context, path);
    const RuleSet rules = context.rules();
    const Judgement& judgement = *examined.examination.judgement;
    print(explanation(path, judgement, terminal_width()));
    std::string phrases = contests(rules, judgement.evidence);
    for (const auto& verdict : judgement.recipients)
        phrases += contests(rules, verdict.evidence);
    if (!phrases.empty()) print("\nphrases, by piece of evidence\n" + phrases);
    return ExitStatus::ok;
}

ExitStatus rules_verbs(Context& context) {
    const auto& words = context.operands();
    const std::string verb = words.empty() ? "list" : words.front();
    const auto given = context.options().value("text");
    if (verb == "list" && words.size() <= 1) return list(context);
    if (verb == "check" && words.size() == 1) return check_rules(context);
    if (verb == "test" && words.size() == 1 && given) return test_text(context, *given);
    if (verb == "test" && words.size() == 2) return test_message(context, words[1]);
    throw UsageError(
        "rules: write 'rules [list]', 'rules check', 'rules test PATH' or "
        "'rules test --text WORDS [--field FIELD]'");
}

}  // namespace

Subcommand rules_command() {
    return {"rules",
            "[list | check | test PATH]",
            "The phrases and codes, each with its proof",
            {{"text", "WORDS", "test: which rule wins on these words"},
             {"field", "FIELD", "test: where the words stood (diagnostic-code)"},
             {"json", "", "one object a line"}},
            0,
            2,
            rules_verbs};
}

}  // namespace ndr
