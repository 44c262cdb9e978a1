#include "ipset_listing.hpp"

#include <algorithm>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// The word after `name` among words, "" if there is none.
std::string_view word_after(const std::vector<std::string_view>& words, std::string_view name) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == name) return words[i + 1];
    }
    return "";
}

// "203.0.113.0/24 timeout 2147482"; a timeout of 0 is none.
std::optional<PresentBlock> member_of(std::string_view line, Instant now) {
    const auto words = split(line, ' ');
    const auto range = AddressRange::parse(words.front());
    if (!range) return std::nullopt;
    const auto left = parse_number(word_after(words, "timeout")).value_or(0);
    if (left == 0) return PresentBlock{*range, std::nullopt};
    return PresentBlock{*range, now + Seconds(left + 1)};  // cut to whole seconds
}

}  // namespace

std::optional<IpsetListing> read_ipset_listing(std::string_view text, Instant now) {
    constexpr std::string_view references = "References: ";
    IpsetListing listing;
    bool in_members = false;
    for (const auto line : split_lines(text)) {
        if (in_members && !line.empty()) {
            const auto member = member_of(line, now);
            if (!member) return std::nullopt;
            listing.present.push_back(*member);
        } else if (line.compare(0, references.size(), references) == 0) {
            listing.references = parse_number(line.substr(references.size())).value_or(0);
        } else if (line == "Members:") {
            in_members = true;
        }
    }
    return in_members ? std::optional(std::move(listing)) : std::nullopt;
}

}  // namespace ndr
