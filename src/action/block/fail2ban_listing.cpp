#include "fail2ban_listing.hpp"

#include <algorithm>
#include <array>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// "2027-12-28 22:13:01".
std::optional<Instant> earliest_end(std::string_view text) {
    std::string iso(text);
    if (const auto blank = iso.find(' '); blank != std::string::npos) iso[blank] = 'T';
    const auto end = parse_instant(iso);
    return end ? std::optional(*end - furthest_zone) : std::nullopt;
}

}  // namespace

std::vector<Ban> read_bans(std::string_view answer) {
    constexpr std::string_view before_end = " = ";
    std::vector<Ban> bans;
    for (const auto line : split_lines(answer)) {
        const auto text = trimmed(line.substr(0, line.find('\t')));
        if (text.empty()) continue;
        Ban ban{std::string(text), AddressRange::parse(text), std::nullopt};
        if (const auto at = line.rfind(before_end); at != std::string_view::npos)
            ban.ends_at = earliest_end(trimmed(line.substr(at + before_end.size())));
        bans.push_back(std::move(ban));
    }
    return bans;
}

std::vector<std::string> read_actions(std::string_view answer) {
    std::vector<std::string> names;
    const auto lines = split_lines(answer);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        for (const auto name : split(lines[i], ',')) {
            if (!trimmed(name).empty()) names.emplace_back(trimmed(name));
        }
    }
    return names;
}

bool unbans_prefixes(std::string_view version) {
    constexpr std::array<std::int64_t, 3> first{0, 11, 2};
    std::array<std::int64_t, 3> numbers{};
    const auto words = split(trimmed(version), '.');
    for (std::size_t i = 0; i < std::min(words.size(), numbers.size()); ++i) {
        const auto digits =
            words[i].substr(0, std::min(words[i].find_first_not_of("0123456789"), words[i].size()));
        const auto number = parse_number(digits);
        if (!number) return false;
        numbers.at(i) = *number;
    }
    return numbers >= first;
}

}  // namespace ndr
