#include "statements.hpp"

#include <algorithm>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/triage/names.hpp"
#include "ndr_triage/triage/notification.hpp"

namespace ndr {

namespace {

// Where the sentence that `text` breaks off in begins: behind a full stop, or a line too short to
// be a wrapped one, as titles and labels are.
std::size_t sentence_begin(std::string_view text) {
    constexpr std::size_t shortest_wrapped = 50;
    std::size_t end = text.size();
    while (end > 0) {
        const auto before = text.rfind('\n', end - 1);
        const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
        const std::string_view line = text.substr(begin, end - begin);
        std::size_t stop = 0;
        for (const std::string_view mark : {". ", "! ", "? ", "\u3002"}) {
            const auto found = line.rfind(mark);
            if (found != std::string_view::npos) stop = std::max(stop, found + mark.size());
        }
        const bool is_wrapped = end == text.size() || line.size() >= shortest_wrapped;
        if (!is_wrapped || stop == line.size()) return end;
        if (stop > 0 || begin == 0) return begin + stop;
        end = begin - 1;
        if (text.substr(0, end).ends_with('.')) return begin;
    }
    return 0;
}

}  // namespace

bool is_supposition(const Finding& finding, std::string_view text) {
    if (!finding.rule->outcome || !is_failure(*finding.rule->outcome)) return false;
    constexpr std::size_t longest = 300;
    constexpr std::size_t longest_rest = 60;
    const auto& forms = FormTable::standard();
    const std::size_t from = finding.begin > longest ? finding.begin - longest : 0;
    const auto before = text.substr(from, finding.begin - from);
    const auto behind = cut(text.substr(finding.end), longest_rest);
    const auto end = std::min(behind.find_first_of(".\n"), behind.find("\u3002"));
    if (forms.has("supposed", folded(behind.substr(0, end)))) return true;
    return forms.has_words("supposition", folded(before.substr(sentence_begin(before))));
}

namespace {

// "~ not found" without the name, which any gap may pass over.
std::string_view without_name(std::string_view segment) {
    const auto begin = segment.find_first_not_of("~> ");
    if (begin == std::string_view::npos) return segment;
    return segment.substr(begin, segment.find_last_not_of("~ ") + 1 - begin);
}

// False if `outer` spells the words of `inner` itself: then it is meant to hold them.
bool speaks_against(const Rule& inner, const Rule& outer) {
    const auto& outcome = inner.outcome;
    if (!outcome || !outer.outcome || !is_failure(*outer.outcome)) return false;
    if (outcome == outer.outcome || (!is_failure(*outcome) && outcome != Outcome::refused))
        return false;
    const auto own = inner.segments();
    const auto held = outer.segments();
    return std::any_of(own.begin(), own.end(), [&](std::string_view segment) {
        const auto words = without_name(segment);
        return std::none_of(held.begin(), held.end(), [&](std::string_view spelled) {
            return spelled.find(words) != std::string_view::npos;
        });
    });
}

}  // namespace

// A gap passes over what the longer finding then hides: "the mailbox does not exist, the mailbox is
// full", "exceeded the hourly quota". Without its first or last letter the longer one is not found.
std::vector<Finding> statements_in(const RuleSet& rules, const std::string& text,
                                   const std::vector<RuleField>& fields) {
    constexpr std::size_t most_looked_into = 50;
    auto findings = rules.find(without_names(text), fields);
    std::erase_if(findings, [&](const Finding& f) { return is_supposition(f, text); });
    const std::size_t count = std::min(findings.size(), most_looked_into);
    for (std::size_t i = 0; i < count; ++i) {
        const Finding outer = findings[i];
        if (outer.rule->segments().size() < 2 || outer.end - outer.begin < 2) continue;
        for (const std::size_t begin : {outer.begin, outer.begin + 1}) {
            const auto span = text.substr(begin, outer.end - outer.begin - 1);
            for (const auto& inner : rules.find(without_names(span), fields)) {
                const Finding passed{inner.rule, begin + inner.begin, begin + inner.end};
                const bool is_known =
                    std::find(findings.begin(), findings.end(), passed) != findings.end();
                if (!is_known && speaks_against(*inner.rule, *outer.rule))
                    findings.push_back(passed);
            }
        }
    }
    return findings;
}

}  // namespace ndr
