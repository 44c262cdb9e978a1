// Finding the phrases of a rule set in a text (rules.hpp). The text's 3-grams go into a bitmap;
// only a phrase whose first 3-gram is there is looked for.
#include <algorithm>
#include <bitset>

#include "ndr_triage/triage/rules.hpp"

namespace ndr {

namespace {

constexpr std::size_t longest_gap = 80;       // octets that one '*' may stand for
constexpr std::size_t most_occurrences = 50;  // of one phrase in one text

class Grams {
public:
    explicit Grams(std::string_view text) {
        for (std::size_t i = 0; i + 3 <= text.size(); ++i)
            bits_.set(hash(text.substr(i, 3)));
    }
    bool may_have(std::string_view phrase) const {
        return phrase.size() < 3 || (bits_.test(hash(phrase.substr(0, 3))) &&
                                     bits_.test(hash(phrase.substr(phrase.size() - 3))));
    }

private:
    static std::size_t hash(std::string_view gram) {
        std::size_t value = 0;
        for (const char c : gram)
            value = value * 67 + static_cast<unsigned char>(c);
        return value % 65536;
    }
    std::bitset<65536> bits_;
};

bool is_word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// No letter or digit of ASCII continues at `at`: a word ends in front of it or begins there.
bool is_word_edge(std::string_view text, std::size_t at) {
    return at == 0 || at >= text.size() || !is_word_char(text[at]) || !is_word_char(text[at - 1]);
}

// Where the phrase ends if it begins at `at`, or npos.
std::size_t end_of_phrase(std::string_view text, const Rule& rule, std::size_t at) {
    std::size_t end = at + rule.first.size();
    const auto segments = rule.segments();
    for (std::size_t i = 1; i < segments.size(); ++i) {
        const auto segment = segments[i];
        const auto reach = text.substr(0, end + longest_gap + segment.size());
        const bool ends_word = i + 1 == segments.size() && !rule.is_open_at_end();
        auto next = reach.find(segment, end);
        while (ends_word && next != reach.npos && !is_word_edge(text, next + segment.size()))
            next = reach.find(segment, next + 1);
        if (next == reach.npos) return next;
        end = next + segment.size();
    }
    return end;
}

void find_rule(std::string_view text, const Rule& rule, std::vector<Finding>& findings) {
    std::size_t count = 0;
    for (auto at = text.find(rule.first); at != std::string_view::npos;
         at = text.find(rule.first, at + 1)) {
        if (!rule.is_open_at_begin() && !is_word_edge(text, at)) continue;
        const auto end = end_of_phrase(text, rule, at);
        if (end == std::string_view::npos) continue;
        if (!rule.is_open_at_end() && !is_word_edge(text, end)) continue;
        findings.push_back({&rule, at, end});
        if (++count == most_occurrences) return;
    }
}

std::size_t spelled_out(const Rule& rule) {
    std::size_t octets = 0;
    for (const auto segment : rule.segments())
        octets += segment.size();
    return octets;
}

// Of two phrases over the same words the one that spells out more of them holds the other; of two
// equal ones, a site's.
bool lies_within(const Finding& inner, const Finding& outer) {
    if (inner.begin < outer.begin || outer.end < inner.end) return false;
    if (outer.end - outer.begin != inner.end - inner.begin) return true;
    if (inner.rule->phrase != outer.rule->phrase)
        return spelled_out(*outer.rule) > spelled_out(*inner.rule);
    return outer.rule->line->is_site && !inner.rule->line->is_site;
}

// By position; the rest keeps file order out of it.
bool stands_before(const Finding& a, const Finding& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    if (a.end != b.end) return a.end < b.end;
    if (a.rule->phrase != b.rule->phrase) return a.rule->phrase < b.rule->phrase;
    return a.rule->field < b.rule->field;
}

void drop_contained(std::vector<Finding>& findings) {
    std::vector<Finding> kept;
    for (const auto& finding : findings) {
        const bool contained = std::any_of(findings.begin(), findings.end(), [&](const Finding& f) {
            return lies_within(finding, f);
        });
        if (!contained) kept.push_back(finding);
    }
    findings = std::move(kept);
}

enum class Keep { all, outermost };

std::vector<Finding> found(const std::deque<Rule>& rules, std::string_view text,
                           const std::vector<RuleField>& fields, Keep keep) {
    const Folded fold = folded_with_origin(text);
    const Grams grams(fold.text);
    std::vector<Finding> findings;
    for (const auto& rule : rules) {
        if (std::find(fields.begin(), fields.end(), rule.field) == fields.end()) continue;
        if (!grams.may_have(rule.first)) continue;
        find_rule(fold.text, rule, findings);
    }
    if (keep == Keep::outermost) drop_contained(findings);
    std::sort(findings.begin(), findings.end(), stands_before);
    for (auto& finding : findings) {
        finding.end = finding.end < fold.origin.size() ? fold.origin[finding.end] : text.size();
        finding.begin = fold.origin[finding.begin];
    }
    return findings;
}

}  // namespace

std::vector<Finding> RuleSet::find(std::string_view text,
                                   const std::vector<RuleField>& fields) const {
    return found(rules_, text, fields, Keep::outermost);
}

std::vector<Finding> RuleSet::find_all(std::string_view text,
                                       const std::vector<RuleField>& fields) const {
    return found(rules_, text, fields, Keep::all);
}

}  // namespace ndr
