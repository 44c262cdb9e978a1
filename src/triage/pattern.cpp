#include "pattern.hpp"

#include <algorithm>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::size_t exact = 1'000'000;

std::size_t octets_of(const std::vector<std::string_view>& choice) {
    std::size_t octets = 0;
    for (const auto alternative : choice)
        octets += alternative.size();
    return octets;
}

}  // namespace

std::optional<Pattern> Pattern::parse(std::string_view text) {
    Pattern pattern;
    while (!text.empty()) {
        const auto open = text.find_first_of("{}");
        if (open > 0) pattern.choices_.push_back({text.substr(0, open)});
        if (open == std::string_view::npos) break;
        const auto close = text.find_first_of("{}", open + 1);
        if (text[open] == '}' || close == std::string_view::npos || text[close] == '{')
            return std::nullopt;
        pattern.choices_.push_back(split(text.substr(open + 1, close - open - 1), '|'));
        pattern.phrases_ = std::min(pattern.phrases_ * pattern.choices_.back().size(), exact);
        text.remove_prefix(close + 1);
    }
    return pattern;
}

std::size_t Pattern::octets() const {
    std::size_t octets = 0;
    for (const auto& choice : choices_)
        octets += octets_of(choice) * (phrases_ / choice.size());
    return octets;
}

void Pattern::append_phrase(std::size_t number, std::string& text) const {
    for (const auto& choice : choices_) {
        text += choice[number % choice.size()];
        number /= choice.size();
    }
}

}  // namespace ndr
