#include <algorithm>

#include <algorithm>
#include "ndr_triage/base/text.hpp"

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/message.hpp"

namespace ndr {

namespace {

// RFC 4155: "From sender date" in front of a message, put there by an mbox or a delivery agent.
std::string_view without_from_line(std::string_view octets) {
    if (!octets.starts_with("From ") && !octets.starts_with(">From ")) return octets;
    const auto end = octets.find('\n');
    return end == std::string_view::npos ? octets : octets.substr(end + 1);
}

}  // namespace

std::string with_lf_line_ends(std::string_view octets) {
    std::string result;
    if (octets.find('\r') == std::string_view::npos) {
        result = octets;
    } else {
        const auto first_end = octets.find_first_of("\r\n");
        const bool cr_alone_ends_lines =
            octets.substr(first_end, 2) != "\r\n" && octets[first_end] == '\r';
        result.reserve(octets.size());
        for (std::size_t at = 0; at < octets.size(); ++at) {
            if (octets[at] != '\r') {
                result += octets[at];
            } else if (at + 1 == octets.size() || octets[at + 1] != '\n') {
                result += cr_alone_ends_lines ? '\n' : '\r';
            }
        }
    }
    const std::string_view message = without_from_line(result);
    return message.size() == result.size() ? result : std::string(message);
}

bool begins_with_header(std::string_view octets) {
    constexpr std::size_t longest_name = 76;
    const std::string head = with_lf_line_ends(octets.substr(0, 4096));
    const auto colon = head.find(':');
    if (colon == 0 || colon == std::string::npos || colon > longest_name) return false;
    const std::string_view name = trimmed(std::string_view(head).substr(0, colon));
    return std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 127; });
}

}  // namespace ndr
