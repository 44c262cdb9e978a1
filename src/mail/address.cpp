#include "ndr_triage/mail/address.hpp"

#include <glib.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::size_t longest_local = 128;  // VERP and SRS exceed the 64 of RFC 5321
constexpr std::size_t longest_domain = 255;

bool is_high(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}
bool is_atext(char c) {
    return g_ascii_isalnum(c) || is_high(c) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}
bool is_domain_char(char c) {
    return g_ascii_isalnum(c) || c == '-' || c == '.' || c == '_' || is_high(c);
}

// Where the local part in front of `at` begins, or `at` itself if there is none.
std::size_t local_begin(std::string_view text, std::size_t at, std::size_t from) {
    if (at > from && text[at - 1] == '"') {
        const auto quote = at >= 2 ? text.rfind('"', at - 2) : std::string_view::npos;
        if (quote == std::string_view::npos || quote < from || at - quote > longest_local)
            return at;
        return quote;
    }
    std::size_t begin = at;
    while (begin > from && at - begin < longest_local && is_atext(text[begin - 1]))
        --begin;
    while (begin < at && std::string_view("'.=/{").find(text[begin]) != std::string_view::npos)
        ++begin;
    return begin;
}

std::size_t domain_end(std::string_view text, std::size_t begin) {
    if (text.substr(begin, 1) == "[") {
        const auto close = text.find(']', begin);
        return close == std::string_view::npos || close - begin > 60 ? begin : close + 1;
    }
    std::size_t end = begin;
    while (end < text.size() && end - begin < longest_domain && is_domain_char(text[end]))
        ++end;
    while (end > begin && (text[end - 1] == '.' || text[end - 1] == '-' || text[end - 1] == '_'))
        --end;
    return end;
}

// RFC 6533 section 3: "\x{E9}" in an address of type utf-8. Of ASCII only the backslash may be
// written so; anything else stays as it is.
std::optional<gunichar> escaped_character(std::string_view text) {
    const auto close = text.substr(0, 10).find('}');
    if (!text.starts_with("\\x{") || close == std::string_view::npos) return std::nullopt;
    const auto* end = text.data() + close;
    gunichar code = 0;
    const auto [at, error] = std::from_chars(text.data() + 3, end, code, 16);
    const bool is_hex = error == std::errc{} && at == end;
    if (!is_hex || (code < 0x80 && code != '\\') || !g_unichar_validate(code)) return std::nullopt;
    return code;
}

std::string without_escapes(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const auto code = escaped_character(text);
        if (!code) {
            result += text.front();
            text.remove_prefix(1);
            continue;
        }
        std::array<char, 8> utf8{};
        const int length = g_unichar_to_utf8(*code, utf8.data());
        result.append(utf8.data(), static_cast<std::size_t>(length));
        text.remove_prefix(text.find('}') + 1);
    }
    return result;
}

// True for UTF-8 that no address written in Latin letters goes on with: CJK, and the punctuation
// and blanks above ASCII.
bool begins_another_script(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character[0]);
    const auto next = character.size() > 1 ? static_cast<unsigned char>(character[1]) : 0U;
    if (lead == 0xE2) return next <= 0x81 || next >= 0xBA;
    return lead == 0xC2 || (lead >= 0xE3 && (lead != 0xEF || next >= 0xBC));
}

// Where an address of Latin letters begins and ends within what may be an address (RFC 6531), as
// neighbours written without a blank are part of it: "\u90AE\u7BB1\uFF08joe@example.net\uFF09".
AddressSpan latin_part(std::string_view text, AddressSpan whole) {
    const auto at = text.find('@', whole.begin);
    std::size_t begin = at;
    while (begin > whole.begin && static_cast<unsigned char>(text[begin - 1]) < 0x80)
        --begin;
    std::size_t character = begin;
    while (character > whole.begin &&
           (static_cast<unsigned char>(text[--character]) & 0xC0) == 0x80) {
    }
    if (begin == at || begin == whole.begin || !begins_another_script(text.substr(character)))
        begin = whole.begin;
    std::size_t end = at + 1;
    while (end < whole.end && !begins_another_script(text.substr(end)))
        ++end;
    const bool has_domain = text.substr(at + 1, end - at - 1).find('.') != std::string_view::npos;
    return {begin, has_domain && text[end - 1] != '.' ? end : whole.end};
}

}  // namespace

std::optional<AddressSpan> next_address(std::string_view text, std::size_t from) {
    for (auto at = text.find('@', from); at != std::string_view::npos;
         at = text.find('@', at + 1)) {
        const std::size_t begin = local_begin(text, at, from);
        const std::size_t end = domain_end(text, at + 1);
        if (begin < at && end > at + 1) return AddressSpan{begin, end};
    }
    return std::nullopt;
}

std::vector<std::string> addresses_in(std::string_view text) {
    std::vector<std::string> found;
    std::size_t from = 0;
    while (const auto span = next_address(text, from)) {
        found.emplace_back(text.substr(span->begin, span->end - span->begin));
        from = span->end;
    }
    return found;
}

std::string with_separate_addresses(std::string_view text) {
    std::string result;
    std::size_t done = 0;
    while (const auto span = next_address(text, done)) {
        const AddressSpan latin = latin_part(text, *span);
        result.append(text.substr(done, latin.begin - done));
        if (latin.begin > span->begin) result += ' ';
        result.append(text.substr(latin.begin, latin.end - latin.begin));
        if (latin.end < span->end) result += ' ';
        done = latin.end;
    }
    return result.append(text.substr(done));
}

std::string address_of_field(std::string_view field) {
    const auto semicolon = field.find(';');
    if (semicolon != std::string_view::npos &&
        field.substr(0, semicolon).find('@') == std::string_view::npos)
        field.remove_prefix(semicolon + 1);
    const std::string text = without_escapes(trimmed(field));
    if (const auto open = text.find('<'); open != std::string::npos) {
        const auto close = text.find('>', open);
        const auto inside = trimmed(std::string_view(text).substr(open + 1, close - open - 1));
        if (!inside.empty()) return std::string(inside);
    }
    if (const auto span = next_address(text))
        return text.substr(span->begin, span->end - span->begin);
    return std::string(trimmed(text.substr(0, text.find_first_of("( \t"))));
}

std::string comparable_address(std::string_view address) {
    std::string result = ascii_lower(trimmed(address));
    while (result.ends_with('.'))
        result.pop_back();
    return result;
}

std::string_view local_part(std::string_view address) {
    const auto at = address.rfind('@');
    return at == std::string_view::npos ? address : address.substr(0, at);
}

std::string_view domain_of(std::string_view address) {
    const auto at = address.rfind('@');
    return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

bool is_plain_address(std::string_view address) {
    const auto is_atom = [](std::string_view atom) {
        return !atom.empty() && std::all_of(atom.begin(), atom.end(),
                                            [](char c) { return is_atext(c) && !is_high(c); });
    };
    const auto is_ldh_label = [](std::string_view label) {
        return !label.empty() && label.front() != '-' && label.back() != '-' &&
               std::all_of(label.begin(), label.end(),
                           [](char c) { return g_ascii_isalnum(c) || c == '-'; });
    };
    const auto atoms = split(local_part(address), '.');
    const auto labels = split(domain_of(address), '.');
    return local_part(address).size() <= longest_local &&
           domain_of(address).size() <= longest_domain && !address.starts_with('-') &&
           std::all_of(atoms.begin(), atoms.end(), is_atom) &&
           std::all_of(labels.begin(), labels.end(), is_ldh_label);
}

}  // namespace ndr
