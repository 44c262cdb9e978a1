#include "filling.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

// Hands the line over in pieces: text, and names without their braces.
void take_apart(std::string_view line, const std::function<void(std::string_view)>& on_text,
                const std::function<void(std::string_view)>& on_name) {
    for (;;) {
        const auto open = line.find('{');
        const auto close = line.find('}', open == std::string_view::npos ? line.size() : open);
        if (close == std::string_view::npos) break;
        const auto name = line.substr(open + 1, close - open - 1);
        const bool is_one = is_name(name);
        on_text(line.substr(0, is_one ? open : open + 1));
        if (is_one) on_name(name);
        line.remove_prefix(is_one ? close + 1 : open + 1);
    }
    on_text(line);
}

}  // namespace

std::vector<std::string_view> names_in(std::string_view line) {
    std::vector<std::string_view> names;
    take_apart(
        line, [](std::string_view) {}, [&](std::string_view name) { names.push_back(name); });
    return names;
}

std::string filled(std::string_view line, const Values& values, const std::string& where,
                   std::string_view what) {
    std::string result;
    take_apart(
        line, [&](std::string_view text) { result += text; },
        [&](std::string_view name) {
            const auto value = values.find(name);
            if (value == values.end())
                throw ConfigError(fmt::format("{}: '{{{}}}' is no name that {} has", where,
                                              printable(name), what));
            result += value->second;
        });
    return result;
}

LetterWords filled_letter(std::string_view letter_template, const std::string& name,
                          const Values& values, std::string_view what) {
    LetterWords words;
    std::size_t number = 0;
    for (const auto line : split_lines(letter_template)) {
        ++number;
        constexpr std::string_view label = "Subject:";
        const std::string text = filled(line, values, fmt::format("{}:{}", name, number), what);
        if (number == 1 && line.starts_with(label)) {
            words.subject = trimmed(std::string_view(text).substr(label.size()));
        } else if (!words.text.empty() || !trimmed(line).empty()) {
            words.text += text + "\n";
        }
    }
    return words;
}

}  // namespace ndr
