#include "ndr_triage/triage/rules.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/named.hpp"

namespace ndr {

namespace {

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

bool is_code(const Rule& rule) {
    return rule.field == RuleField::status || rule.field == RuleField::reply_code;
}

Rule read_rule(std::string_view line, std::string_view file, std::size_t number) {
    Rule rule;
    rule.file = file;
    rule.line = number;
    const auto fault = [&](const std::string& what) {
        return ConfigError(fmt::format("{}:{}: {}", file, number, what));
    };
    const auto meaning = next_word(line);
    if (!read_meaning(meaning, rule))
        throw fault(fmt::format("unknown outcome '{}'", printable(meaning)));
    const auto field = next_word(line);
    const auto known = value_in(fields, field);
    if (!known) throw fault(fmt::format("unknown field '{}'", printable(field)));
    rule.field = *known;
    rule.phrase = line;
    for (const auto segment : split(line, '*')) {
        if (!segment.empty()) rule.segments.emplace_back(segment);
    }
    rule.is_open_at_begin = line.starts_with('*');
    rule.is_open_at_end = line.ends_with('*');
    if (rule.segments.empty()) throw fault("the phrase is missing");
    return rule;
}

}  // namespace

std::string_view text(RuleField field) {
    return name_in(fields, field);
}

std::optional<RuleField> rule_field_of(std::string_view text) {
    return value_in(fields, text);
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
    std::size_t number = 0;
    bool has_rule = false;
    for (const auto whole : split(table, '\n')) {
        ++number;
        auto line = trimmed(whole);
        if (line.empty() || line.front() == '#') continue;
        const bool indented = whole.front() == ' ' || whole.front() == '\t';
        if (!indented) {
            rules_.push_back(read_rule(line, file, number));
            rules_.back().is_site = is_site;
            if (is_code(rules_.back())) add_code(rules_.back());
            has_rule = true;
            continue;
        }
        if (next_word(line) != "example" || line.empty())
            throw ConfigError(
                fmt::format("{}:{}: an indented line is 'example TEXT'", file, number));
        if (!has_rule)
            throw ConfigError(
                fmt::format("{}:{}: an example without a rule above it", file, number));
        rules_.back().examples.emplace_back(line);
    }
}

void RuleSet::add_code(const Rule& rule) {
    const Rule*& known = codes_[std::string(rule.phrase)];
    if (known == nullptr || rule.is_site || !known->is_site) known = &rule;
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

Ruling ruling_of(const std::vector<Finding>& findings) {
    Ruling ruling;
    std::vector<const Rule*> said;
    for (const auto& finding : findings) {
        if (!finding.rule->outcome) {
            ruling.says_failed = true;
        } else if (finding.rule->outcome == Outcome::delayed) {
            ruling.says_delayed = true;
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
        if (ruling.rule != nullptr && ruling.rule->outcome != rule->outcome)
            ruling.is_contradictory = true;
        if (ruling.rule == nullptr || rule->phrase.size() > ruling.rule->phrase.size())
            ruling.rule = rule;
    }
    if (ruling.is_contradictory) ruling.rule = nullptr;
    return ruling;
}

}  // namespace ndr
