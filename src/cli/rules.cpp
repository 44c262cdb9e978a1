#include "ndr_triage/triage/rules.hpp"

#include <fmt/core.h>

#include "judging.hpp"
#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/view/explanation.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

namespace {

ExitStatus list(Context& context) {
    const RuleSet rules = context.rules();
    Listing listing{{{"outcome", "MEANS"},
                     {"field", "FIELD"},
                     {"phrase", "PHRASE"},
                     {"file", ""},
                     {"line", ""},
                     {"place", "FROM"},
                     {"examples", ""}},
                    {}};
    for (const auto& rule : rules.rules()) {
        listing.rows.push_back(
            {rule.meaning(), std::string(text(rule.field)), std::string(rule.phrase),
             std::string(rule.file), static_cast<std::int64_t>(rule.line),
             fmt::format("{}:{}", rule.file, rule.line),
             std::vector<std::string>(rule.examples.begin(), rule.examples.end())});
    }
    context.print(listing, "no rules");
    return ExitStatus::ok;
}

ExitStatus check_rules(Context& context) {
    const RuleSet rules = context.rules();
    const auto faults = check(rules);
    for (const auto& fault : faults)
        log::error("{}", printable(fault.text, 2000));
    print(fmt::format("{} rules, {} faults\n", rules.rules().size(), faults.size()));
    return faults.empty() ? ExitStatus::ok : ExitStatus::config;
}

RuleField field_of(const std::string& word) {
    const auto field = rule_field_of(word);
    if (!field)
        throw UsageError(
            fmt::format("--field {}: no field: 'rules list' shows them", printable(word)));
    return *field;
}

ExitStatus test_text(Context& context, const std::string& words) {
    const RuleField field = field_of(context.options().value("field").value_or("diagnostic-code"));
    const RuleSet rules = context.rules();
    const Rule* rule = winner(rules, field, words);
    if (rule == nullptr) {
        print("no rule wins: undetermined\n");
    } else {
        print(
            fmt::format("{}  {}\n{}:{}\n", rule->meaning(), rule->name(), rule->file, rule->line));
    }
    return ExitStatus::ok;
}

ExitStatus test_message(Context& context, const std::string& path) {
    const Examined examined = one_message(context, path);
    print(explanation(path, *examined.examination.judgement, terminal_width()));
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
