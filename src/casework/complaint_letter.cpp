#include "ndr_triage/casework/complaint_letter.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "filling.hpp"
#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/network/address_words.hpp"

namespace ndr {

namespace {

constexpr std::size_t longest_log_line = 500;

std::string network_text(const Network& network) {
    std::string text = network.range.text();
    if (!network.name.empty()) text += " (" + printable(network.name, 80) + ")";
    return text;
}

std::string lines_text(const LogExcerpt& excerpt) {
    if (excerpt.lines().empty()) return "    (no log lines)";
    std::string text;
    for (const auto& line : excerpt.lines())
        text += (text.empty() ? "" : "\n") + line;
    return text;
}

Values values_of(const ComplaintFacts& facts, const LogExcerpt& excerpt) {
    return {{"address", facts.address.text()},
            {"network", network_text(facts.network)},
            {"country", printable(facts.network.country, 2)},
            {"source", printable(public_source(facts.network))},
            {"contact", facts.contact},
            {"answer", facts.answer},
            {"from", facts.from},
            {"host", facts.host},
            {"time", iso_text(facts.at)},
            {"zone", zone_text(facts.at)},
            {"lines", lines_text(excerpt)},
            {"lines_shown", std::to_string(excerpt.lines().size())},
            {"lines_found", std::to_string(excerpt.found())}};
}

}  // namespace

void LogExcerpt::take(std::string_view line) {
    const auto addresses = addresses_in_words(line);
    if (std::find(addresses.begin(), addresses.end(), address_) == addresses.end()) return;
    ++found_;
    if (most_ == 0) return;
    if (lines_.size() == most_) lines_.erase(lines_.begin());
    lines_.push_back(printable(trimmed(line), longest_log_line));
}

LetterWords complaint_words(std::string_view letter_template, const std::string& name,
                            const ComplaintFacts& facts, const LogExcerpt& excerpt) {
    auto words = filled_letter(letter_template, name, values_of(facts, excerpt), "a complaint");
    if (words.subject.empty()) words.subject = "Abuse from " + facts.address.text();
    return words;
}

std::string_view standard_complaint_template() {
    return embedded::complaint_template;
}

}  // namespace ndr
