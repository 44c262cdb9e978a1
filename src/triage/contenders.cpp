// Why each phrase found in a text won or lost (rules.hpp).
#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/triage/evidence.hpp"
#include "ndr_triage/triage/names.hpp"
#include "statements.hpp"

namespace ndr {

namespace {

bool has(const std::vector<Finding>& findings, const Finding& finding) {
    return std::find(findings.begin(), findings.end(), finding) != findings.end();
}

std::string fate_of(const Finding& stated, const Weighing& weighing) {
    if (stated.rule == weighing.rule) return "wins";
    if (!stated.rule->outcome) return "says that it failed, not why";
    if (stated.rule->outcome == Outcome::delayed) return "says that it is not final";
    if (weighing.is_contradictory) return "contradicts another: undetermined";
    if (weighing.rule == nullptr) return "says nothing here";
    if (stated.rule->outcome == weighing.rule->outcome) return "says the same";
    return fmt::format("is outranked by '{}'", weighing.rule->name());
}

std::string fate_of_hidden(const Finding& hidden, const std::vector<Finding>& outermost) {
    const auto outer =
        std::find_if(outermost.begin(), outermost.end(), [&](const Finding& finding) {
            return finding.begin <= hidden.begin && hidden.end <= finding.end;
        });
    if (outer == outermost.end()) return "lies within another";
    return fmt::format("lies within '{}'", outer->rule->name());
}

}  // namespace

std::vector<Contender> contenders(const RuleSet& rules, RuleField field, std::string_view text) {
    const std::string whole(text);
    const auto fields = fields_beside(field);
    const auto stated = statements_in(rules, whole, fields);
    const auto outermost = rules.find(without_names(whole), fields);
    const Weighing weighing = weigh(stated);
    std::vector<Contender> result;
    result.reserve(stated.size());
    for (const auto& finding : stated)
        result.push_back({finding, fate_of(finding, weighing)});
    for (const auto& finding : rules.find_all(without_names(whole), fields)) {
        if (has(stated, finding)) continue;
        result.push_back({finding, has(outermost, finding) ? "is only supposed"
                                                           : fate_of_hidden(finding, outermost)});
    }
    return result;
}

}  // namespace ndr
