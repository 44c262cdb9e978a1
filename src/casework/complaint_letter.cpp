#include "ndr_triage/casework/complaint_letter.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/failure.hpp"
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

using Values = std::map<std::string, std::string, std::less<>>;

Values values_of(const ComplaintFacts& facts, const LogExcerpt& excerpt) {
    return {{"address", facts.address.text()},
            {"network", network_text(facts.network)},
            {"country", printable(facts.network.country, 2)},
            {"source", printable(facts.network.source)},
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

bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

// Braces around anything but a name are the writer's own.
std::string filled(std::string_view line, const Values& values, const std::string& where) {
    std::string result;
    for (;;) {
        const auto open = line.find('{');
        const auto close = line.find('}', open == std::string_view::npos ? line.size() : open);
        if (close == std::string_view::npos) return result + std::string(line);
        const auto name = line.substr(open + 1, close - open - 1);
        result += line.substr(0, open);
        if (!is_name(name)) {
            result += '{';
            line.remove_prefix(open + 1);
            continue;
        }
        const auto value = values.find(name);
        if (value == values.end())
            throw ConfigError(fmt::format("{}: '{{{}}}' is no name that a complaint has", where,
                                          printable(name)));
        result += value->second;
        line.remove_prefix(close + 1);
    }
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

ComplaintWords complaint_words(std::string_view letter_template, const std::string& name,
                               const ComplaintFacts& facts, const LogExcerpt& excerpt) {
    const Values values = values_of(facts, excerpt);
    ComplaintWords words{"Abuse from " + facts.address.text(), ""};
    std::size_t number = 0;
    for (const auto line : split_lines(letter_template)) {
        ++number;
        constexpr std::string_view label = "Subject:";
        const std::string text = filled(line, values, fmt::format("{}:{}", name, number));
        if (number == 1 && line.starts_with(label)) {
            words.subject = trimmed(std::string_view(text).substr(label.size()));
        } else if (!words.text.empty() || !trimmed(line).empty()) {
            words.text += text + "\n";
        }
    }
    return words;
}

std::string_view standard_complaint_template() {
    return embedded::complaint_template;
}

}  // namespace ndr
