// An answer's own words and those that it quotes.
#include <glib.h>

#include <algorithm>

#include "auto_reply.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/triage/notification.hpp"

namespace ndr {

namespace {

bool is_quoted(std::string_view line) {
    const auto bare = trimmed(line);
    return bare.starts_with('>') || bare.starts_with('|');
}

// The first line from `at` on that is not blank, or "".
std::string_view next_written(const std::vector<std::string_view>& lines, std::size_t at) {
    while (at < lines.size() && trimmed(lines[at]).empty())
        ++at;
    return at < lines.size() ? lines[at] : std::string_view();
}

// "198.51.100.23", "2001:db8::1"; a time of day has fewer colons.
bool is_network_address(std::string_view token) {
    const auto dots = std::count(token.begin(), token.end(), '.');
    const auto colons = std::count(token.begin(), token.end(), ':');
    if (colons == 0) return dots == 3 && token.size() >= 7 && token.size() <= 15;
    return dots == 0 && token.size() >= 6 &&
           (colons >= 4 || token.find("::") != std::string_view::npos);
}

bool names_network_address(std::string_view text) {
    const auto is_part = [](char c) { return g_ascii_isxdigit(c) || c == '.' || c == ':'; };
    while (!text.empty()) {
        const auto begin = std::find_if(text.begin(), text.end(), is_part);
        const auto end = std::find_if_not(begin, text.end(), is_part);
        std::string_view token = text.substr(static_cast<std::size_t>(begin - text.begin()),
                                             static_cast<std::size_t>(end - begin));
        text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
        while (!token.empty() && !g_ascii_isxdigit(token.back()))
            token.remove_suffix(1);
        if (is_network_address(token)) return true;
    }
    return false;
}

}  // namespace

Voices voices_in(std::string_view text) {
    const auto& forms = FormTable::standard();
    const auto lines = split_lines(text);
    Voices voices;
    bool is_over = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        bool is_other = is_over || is_quoted(lines[i]);
        const std::string low = is_other ? "" : folded(trimmed(lines[i]));
        if (forms.is_mark("original", low) || forms.is_mark("quotation", low) ||
            forms.has("own-complaint", low)) {
            is_other = is_over = true;
        } else if (low.ends_with(':') && forms.has("quotation-end", low)) {
            is_other = true;
            is_over = !is_quoted(next_written(lines, i + 1));  // else the answer may stand below
        }
        (is_other ? voices.quoted : voices.own).append(lines[i]).append("\n");
    }
    return voices;
}

std::string own_words(std::string_view text) {
    return voices_in(text).own;
}

std::string_view before_complaint(std::string_view text) {
    const auto is_ours = [](std::string_view part) {
        return FormTable::standard().has("own-complaint", folded(part));
    };
    if (!is_ours(text)) return text;
    const auto lines = split_lines(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto begin = static_cast<std::size_t>(lines[i].data() - text.data());
        const auto next = i + 1 < lines.size() ? lines[i + 1] : std::string_view();
        const auto both = text.substr(begin, lines[i].size() + 1 + next.size());
        if (is_ours(lines[i]) || (is_ours(both) && !is_ours(next))) return text.substr(0, begin);
    }
    return text;
}

std::string without_quoted_lines(std::string_view text) {
    std::string own;
    for (const auto line : split_lines(text)) {
        const auto bare = trimmed(line);
        if (!bare.starts_with('>') || bare.starts_with(">>>")) own.append(line).append("\n");
    }
    return own;
}

bool is_complaint(std::string_view quoted) {
    return names_network_address(quoted) && FormTable::standard().has("complaint", folded(quoted));
}

}  // namespace ndr
