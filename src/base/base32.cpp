#include "ndr_triage/base/base32.hpp"

#include <algorithm>

namespace ndr {

namespace {

constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
constexpr unsigned bits = 5;
constexpr std::uint64_t mask = (1U << bits) - 1;

std::optional<std::uint64_t> value_of(char letter) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    const auto at = alphabet.find(letter);
    return at == std::string_view::npos ? std::nullopt : std::optional<std::uint64_t>(at);
}

}  // namespace

std::string base32(std::string_view octets) {
    std::string letters;
    std::uint64_t window = 0;
    unsigned filled = 0;
    for (const char octet : octets) {
        window = (window << 8U) | static_cast<unsigned char>(octet);
        for (filled += 8; filled >= bits; filled -= bits)
            letters.push_back(alphabet[(window >> (filled - bits)) & mask]);
    }
    if (filled > 0) letters.push_back(alphabet[(window << (bits - filled)) & mask]);
    return letters;
}

std::string base32_number(std::uint64_t value, std::size_t letters) {
    std::string text(letters, alphabet.front());
    for (std::size_t i = letters; i > 0; --i, value >>= bits)
        text[i - 1] = alphabet[value & mask];
    return text;
}

std::optional<std::uint64_t> parse_base32_number(std::string_view letters) {
    constexpr std::size_t most_letters = 12;
    if (letters.empty() || letters.size() > most_letters) return std::nullopt;
    std::uint64_t value = 0;
    for (const char letter : letters) {
        const auto next = value_of(letter);
        if (!next) return std::nullopt;
        value = (value << bits) | *next;
    }
    return value;
}

bool is_base32(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char letter) { return value_of(letter).has_value(); });
}

}  // namespace ndr
