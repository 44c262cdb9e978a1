#include "bounded_fields.hpp"

#include <algorithm>
#include <array>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

bool is_read_at_once(std::string_view line) {
    constexpr std::array names{
        "from",      "sender", "reply-to", "to",           "cc",
        "bcc",       "date",   "subject",  "content-type", "content-disposition",
        "message-id"};
    constexpr std::size_t longest_name = 40;
    const auto colon = line.substr(0, longest_name).find(':');
    if (colon == std::string_view::npos) return false;
    const auto name = trimmed(line.substr(0, colon));
    return std::any_of(names.begin(), names.end(),
                       [&](const char* known) { return ascii_iequals(name, known); });
}

std::string_view trimmed_end(std::string_view text) {
    return text.substr(0, text.find_last_not_of(" \t\n") + 1);
}

std::size_t line_end(std::string_view octets, std::size_t at) {
    return std::min(octets.find('\n', at), octets.size() - 1) + 1;
}

// Behind the line that begins at `at` and those that continue it.
std::size_t field_end(std::string_view octets, std::size_t at) {
    do {
        at = line_end(octets, at);
    } while (at < octets.size() && (octets[at] == ' ' || octets[at] == '\t'));
    return at;
}

}  // namespace

std::string with_bounded_fields(std::string octets, std::size_t limit) {
    const std::string_view all = octets;
    std::string result;
    std::size_t kept = 0;  // up to here `result` has it all
    for (std::size_t at = 0; at < all.size();) {
        if (!is_read_at_once(all.substr(at))) {
            at = line_end(all, at);
            continue;
        }
        const std::size_t end = field_end(all, at);
        if (end - at > limit) {
            // No empty line may come of it: that would end the header.
            result.append(trimmed_end(all.substr(kept, at + limit - kept))).append("\n");
            kept = end;
        }
        at = end;
    }
    if (kept == 0) return octets;
    return result.append(all.substr(kept));
}

}  // namespace ndr
