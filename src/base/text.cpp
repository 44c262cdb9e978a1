#include "ndr_triage/base/text.hpp"

#include <fmt/core.h>
#include <glib.h>

#include <algorithm>
#include <charconv>

namespace ndr {

namespace {

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

// Characters that change how their neighbours are shown, or are not shown at all.
bool is_invisible(gunichar c) {
    const GUnicodeType type = g_unichar_type(c);
    return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_SURROGATE ||
           type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_LINE_SEPARATOR ||
           type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

std::string escape_of(gunichar c) {
    switch (c) {
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            return c < 0x80 ? fmt::format("\\x{:02x}", c) : fmt::format("\\u{:04x}", c);
    }
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string ascii_lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

bool ascii_iequals(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower(x) == lower(y); });
}

bool ascii_istarts_with(std::string_view text, std::string_view start) {
    return text.size() >= start.size() && ascii_iequals(text.substr(0, start.size()), start);
}

std::size_t ascii_ifind(std::string_view text, std::string_view needle, std::size_t from) {
    if (from > text.size()) return std::string_view::npos;
    const auto found =
        std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), needle.begin(),
                    needle.end(), [](char x, char y) { return lower(x) == y; });
    if (found == text.end() && !needle.empty()) return std::string_view::npos;
    return static_cast<std::size_t>(found - text.begin());
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::vector<std::string_view> split_lines(std::string_view text) {
    auto lines = split(text, '\n');
    if (lines.back().empty()) lines.pop_back();
    return lines;
}

std::vector<TableLine> table_lines(std::string_view table) {
    std::vector<TableLine> lines;
    std::size_t number = 0;
    for (const auto whole : split_lines(table)) {
        ++number;
        const auto text = trimmed(whole);
        if (text.empty() || text.front() == '#') continue;
        lines.push_back({number, text, text.data() != whole.data()});
    }
    return lines;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
    std::string text = std::to_string(count) + " ";
    if (count == 1) return text.append(one);
    return many.empty() ? text.append(one).append("s") : text.append(many);
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
    std::string result;
    for (const auto& word : words) {
        if (&word != &words.front()) result += between;
        result += word;
    }
    return result;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
    std::int64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || text.front() == '-' || error != std::errc{} || at != end)
        return std::nullopt;
    return value;
}

bool is_ascii(std::string_view octets) {
    return std::all_of(octets.begin(), octets.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_utf8(std::string_view octets) {
    return g_utf8_validate_len(octets.data(), octets.size(), nullptr) != 0;
}

std::string utf8_only(std::string_view octets) {
    std::string result;
    result.reserve(octets.size());
    while (!octets.empty()) {
        const char* end = nullptr;
        if (g_utf8_validate_len(octets.data(), octets.size(), &end)) return result.append(octets);
        const auto good = static_cast<std::size_t>(end - octets.data());
        result.append(octets.substr(0, good)).append("\xEF\xBF\xBD");
        octets.remove_prefix(good + 1);
    }
    return result;
}

std::string_view cut(std::string_view utf8, std::size_t limit) {
    if (utf8.size() <= limit) return utf8;
    while (limit > 0 && (static_cast<unsigned char>(utf8[limit]) & 0xC0) == 0x80)
        --limit;
    return utf8.substr(0, limit);
}

std::size_t columns(std::string_view utf8) {
    const std::string text = utf8_only(utf8);
    std::size_t count = 0;
    for (const char* at = text.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (!g_unichar_iszerowidth(c)) count += g_unichar_iswide(c) ? 2 : 1;
    }
    return count;
}

std::string printable(std::string_view text, std::size_t limit) {
    std::string result;
    while (!text.empty()) {
        const gunichar c = g_utf8_get_char_validated(text.data(), static_cast<gssize>(text.size()));
        std::string shown;
        std::size_t length = 1;
        if (c == static_cast<gunichar>(-1) || c == static_cast<gunichar>(-2)) {
            shown = fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
        } else {
            length = static_cast<std::size_t>(g_unichar_to_utf8(c, nullptr));
            shown = is_invisible(c) ? escape_of(c) : std::string(text.substr(0, length));
        }
        if (result.size() + shown.size() > limit) return result.append("...");
        result += shown;
        text.remove_prefix(length);
    }
    return result;
}

}  // namespace ndr
