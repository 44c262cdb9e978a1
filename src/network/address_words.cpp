#include "ndr_triage/network/address_words.hpp"

#include <algorithm>
#include <optional>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// A label before the address ("abuse:203.0.113.7", of which the word begins with "e:", for
// `is_cut`) and a port behind it are none of it.
std::optional<Address> address_in(std::string_view word, bool is_cut) {
    if (is_cut) {
        const auto colon = word.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        word.remove_prefix(colon + 1);
    }
    while (!word.empty() && (word.back() == '.' || word.back() == ':'))
        word.remove_suffix(1);
    if (const auto address = Address::parse(word)) return address;
    for (const auto part : split(word, ':')) {
        if (const auto address = Address::parse(part)) return address;
    }
    return std::nullopt;
}

}  // namespace

std::vector<Address> addresses_in_words(std::string_view text) {
    constexpr std::string_view characters = "0123456789abcdefABCDEF.:";
    std::vector<Address> found;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = text.find_first_of(characters, at);
        if (begin == std::string_view::npos) break;
        const auto end = std::min(text.find_first_not_of(characters, begin), text.size());
        at = end;
        const bool is_cut = begin > 0 && is_letter(text[begin - 1]);
        if (end < text.size() && is_letter(text[end])) continue;
        if (const auto address = address_in(text.substr(begin, end - begin), is_cut))
            found.push_back(*address);
    }
    return found;
}

}  // namespace ndr
