#include "ndr_triage/triage/rules.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/named.hpp"
#include "pattern.hpp"

namespace ndr {

namespace {

constexpr std::size_t most_phrases = 1000;  // of one line

constexpr std::array fields = std::to_array<Named<RuleField>>({
    {RuleField::text, "text"},
    {RuleField::diagnostic_code, "diagnostic-code"},
    {RuleField::reply_to_rcpt, "reply-to-rcpt"},
    {RuleField::reply_to_data, "reply-to-data"},
    {RuleField::notification, "notification"},
    {RuleField::subject, "subject"},
    {RuleField::auto_reply, "auto-reply"},
    {RuleField::status, "status"},
    {RuleField::reply_code, "reply-code"},
});

std::string_view next_word(std::string_view& line) {
    line = trimmed(line);
    const auto end = std::min(line.find_first_of(" \t"), line.size());
    const auto word = line.substr(0, end);
    line = trimmed(line.substr(end));
    return word;
}

// "mailbox-full", "acknowledged/ticket", "failed", "expired".
bool read_meaning(std::string_view word, Rule& rule) {
    if (word == "failed") return true;
    if (word == "expired") {
        rule.outcome = Outcome::lost_connection;
        rule.is_expiry = true;
        return true;
    }
    const auto slash = word.find('/');
    rule.outcome = outcome_of(word.substr(0, slash));
    if (slash != std::string_view::npos) {
        rule.acknowledgement = acknowledgement_of(word.substr(slash + 1));
        if (!rule.acknowledgement) return false;
    }
    return rule.outcome.has_value() &&
           (rule.outcome == Outcome::acknowledged) == rule.acknowledgement.has_value();
}

ConfigError fault_at(const RuleLine& line, const std::string& what) {
    return ConfigError(fmt::format("{}: {}", line.place(), what));
}

// Outcome and field of a line, and its phrase as written.
Rule read_rule(std::string_view text, RuleLine& line) {
    Rule rule;
    rule.line = &line;
    const auto meaning = next_word(text);
    if (!read_meaning(meaning, rule))
        throw fault_at(line, fmt::format("unknown outcome '{}'", printable(meaning)));
    const auto field = next_word(text);
    const auto known = value_in(fields, field);
    if (!known) throw fault_at(line, fmt::format("unknown field '{}'", printable(field)));
    rule.field = *known;
    line.pattern = text;
    return rule;
}

}  // namespace

std::string_view text(RuleField field) {
    return name_in(fields, field);
}

std::optional<RuleField> rule_field_of(std::string_view text) {
    return value_in(fields, text);
}

std::string RuleLine::place() const {
    return fmt::format("{}:{}", file, number);
}

std::vector<std::string_view> Rule::segments() const {
    auto segments = split(phrase, '*');
    std::erase_if(segments, [](std::string_view segment) { return segment.empty(); });
    return segments;
}

std::string Rule::name() const {
    return fmt::format("{}: {}", ndr::text(field), phrase);
}

std::string Rule::meaning() const {
    if (!outcome) return "failed";
    if (!acknowledgement) return std::string(ndr::text(*outcome));
    return fmt::format("{}/{}", ndr::text(*outcome), ndr::text(*acknowledgement));
}

RuleSet RuleSet::standard() {
    RuleSet rules;
    rules.add_lasting(embedded::standard_rules, "standard.rules", false);
    return rules;
}

void RuleSet::add(std::string_view table, const std::string& file, bool is_site) {
    const std::string& kept_table = texts_.emplace_back(table);
    const std::string& kept_file = texts_.emplace_back(file);
    add_lasting(kept_table, kept_file, is_site);
}

void RuleSet::add_lasting(std::string_view table, std::string_view file, bool is_site) {
    bool has_rule = false;
    for (auto [number, text, is_indented] : table_lines(table)) {
        const RuleLine here{file, number, {}, {}, is_site};
        if (!is_indented) {
            RuleLine& line = lines_.emplace_back(here);
            add_phrases(read_rule(text, line));
            has_rule = true;
            continue;
        }
        if (next_word(text) != "example" || text.empty())
            throw fault_at(here, "an indented line is 'example TEXT'");
        if (!has_rule) throw fault_at(here, "an example without a rule above it");
        lines_.back().examples.emplace_back(text);
    }
}

void RuleSet::add_phrases(const Rule& rule) {
    const std::string_view written = rule.line->pattern;
    if (written.find_first_of("{}") == std::string_view::npos) return add_rule(rule, written);
    const auto pattern = Pattern::parse(written);
    if (!pattern)
        throw fault_at(*rule.line, "write alternatives as '{one|another}', none within another");
    if (pattern->phrases() > most_phrases)
        throw fault_at(*rule.line, fmt::format("more than {} phrases in one line", most_phrases));
    std::string& phrases = texts_.emplace_back();
    phrases.reserve(pattern->octets());  // what is appended never moves
    for (std::size_t i = 0; i < pattern->phrases(); ++i) {
        const std::size_t begin = phrases.size();
        pattern->append_phrase(i, phrases);
        add_rule(rule, std::string_view(phrases).substr(begin));
    }
}

void RuleSet::add_rule(const Rule& rule, std::string_view phrase) {
    Rule& added = rules_.emplace_back(rule);
    added.phrase = phrase;
    const auto begin = std::min(phrase.find_first_not_of('*'), phrase.size());
    added.first = phrase.substr(begin, phrase.find('*', begin) - begin);
    if (added.first.empty()) throw fault_at(*rule.line, "the phrase is missing");
    if (!added.is_code()) return;
    const Rule*& known = codes_[std::string(phrase)];
    if (known == nullptr || added.line->is_site || !known->line->is_site) known = &added;
}

const Rule* RuleSet::find(const EnhancedStatus& status) const {
    const std::string exact = status.text();
    const std::string any_class = fmt::format("X.{}.{}", status.subject, status.detail);
    for (const auto& key : {exact, any_class}) {
        if (const auto found = codes_.find(key); found != codes_.end()) return found->second;
    }
    return nullptr;
}

const Rule* RuleSet::find_reply_code(int code) const {
    const auto found = codes_.find(std::to_string(code));
    return found == codes_.end() ? nullptr : found->second;
}

namespace {

// "User unknown or mailbox full": the doubt takes in what shares words with it.
bool is_doubted(const Finding& finding, const std::vector<Finding>& findings) {
    if (!finding.rule->outcome || !is_failure(*finding.rule->outcome)) return false;
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& other) {
        return other.rule->outcome == Outcome::undetermined && other.begin < finding.end &&
               finding.begin < other.end;
    });
}

}  // namespace

Weighing weigh(const std::vector<Finding>& findings) {
    Weighing weighing;
    std::vector<const Rule*> said;
    for (const auto& finding : findings) {
        if (is_doubted(finding, findings)) continue;
        if (!finding.rule->outcome) {
            weighing.says_failed = true;
        } else if (finding.rule->outcome == Outcome::delayed) {
            weighing.says_delayed = true;
        } else {
            said.push_back(finding.rule);
        }
    }
    const auto says = [&](Outcome outcome) {
        return std::any_of(said.begin(), said.end(),
                           [&](const Rule* r) { return r->outcome == outcome; });
    };
    const auto keep_only = [&](auto&& wanted) {
        std::erase_if(said, [&](const Rule* r) { return !wanted(*r->outcome); });
    };
    if (std::any_of(said.begin(), said.end(), [](const Rule* r) { return !r->is_expiry; }))
        std::erase_if(said, [](const Rule* r) { return r->is_expiry; });
    const bool host_answered = says(Outcome::mailbox_full) || says(Outcome::recipient_unknown);
    if (says(Outcome::refused)) {
        keep_only([](Outcome o) { return o == Outcome::refused; });
    } else if (host_answered || says(Outcome::lost_connection)) {
        keep_only([&](Outcome o) {
            return o != Outcome::undetermined && (!host_answered || o != Outcome::lost_connection);
        });
    }
    for (const auto* rule : said) {
        if (weighing.rule != nullptr && weighing.rule->outcome != rule->outcome)
            weighing.is_contradictory = true;
        if (weighing.rule == nullptr || rule->phrase.size() > weighing.rule->phrase.size())
            weighing.rule = rule;
    }
    if (weighing.is_contradictory) weighing.rule = nullptr;
    return weighing;
}

}  // namespace ndr
