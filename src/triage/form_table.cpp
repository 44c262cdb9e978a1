#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/triage/notification.hpp"

namespace ndr {

namespace {

// A mark stands between rules of dashes, stars and the like.
std::string_view without_ornaments(std::string_view line) {
    constexpr std::string_view ornaments = " -=*_#+~|>:.[](){}\"'";
    const auto begin = line.find_first_not_of(ornaments);
    if (begin == std::string_view::npos) return {};
    const auto end = line.find_last_not_of(ornaments);
    return line.substr(begin, end - begin + 1);
}

}  // namespace

FormTable FormTable::parse(std::string_view table, const std::string& file) {
    FormTable result;
    for (const auto& [number, line, is_indented] : table_lines(table)) {
        const auto blank = line.find_first_of(" \t");
        if (blank == std::string_view::npos)
            throw ConfigError(fmt::format("{}:{}: a line is 'KIND TEXT'", file, number));
        result.entries_.push_back(
            {std::string(line.substr(0, blank)), std::string(trimmed(line.substr(blank)))});
    }
    return result;
}

const FormTable& FormTable::standard() {
    static const FormTable table = parse(embedded::standard_forms, "standard.forms");
    return table;
}

std::size_t FormTable::label(std::string_view kind, std::string_view folded_line) const {
    std::size_t longest = 0;
    for (const auto& entry : entries_) {
        if (entry.kind == kind && entry.text.size() > longest &&
            folded_line.starts_with(entry.text))
            longest = entry.text.size();
    }
    return longest;
}

bool FormTable::is_mark(std::string_view kind, std::string_view folded_line) const {
    const std::string_view bare = without_ornaments(folded_line);
    return label(kind, bare) > 0;
}

bool FormTable::has_words(std::string_view kind, std::string_view folded_text) const {
    const auto is_letter = [&](std::size_t at) {
        return at < folded_text.size() && ((folded_text[at] >= 'a' && folded_text[at] <= 'z') ||
                                           (folded_text[at] & 0x80) != 0);
    };
    return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        if (entry.kind != kind) return false;
        const bool is_latin = is_ascii(entry.text) || entry.text.find(' ') != std::string::npos;
        for (auto at = folded_text.find(entry.text); at != std::string_view::npos;
             at = folded_text.find(entry.text, at + 1)) {
            const bool is_part = (at > 0 && is_letter(at - 1)) || is_letter(at + entry.text.size());
            if (!is_latin || !is_part) return true;
        }
        return false;
    });
}

bool FormTable::has(std::string_view kind, std::string_view folded_text) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.kind == kind && folded_text.find(entry.text) != std::string_view::npos;
    });
}

}  // namespace ndr
