// support/words.hpp -- what tests say of texts.
#pragma once

#include <string>
#include <string_view>

namespace ndr::support {

inline bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// What the RIPE NCC's whois says of a network elsewhere: "203.0.113.0 - 203.0.113.255",
// "2001:db8::/32".
inline std::string ripe_answer(const std::string& range, const std::string& contact) {
    const bool is_ipv6 = range.find(':') != std::string::npos;
    return "% Abuse contact for '" + range + "' is '" + contact + "'\n\n" +
           (is_ipv6 ? "inet6num: " : "inetnum: ") + range +
           "\nnetname: EXAMPLE\ncountry: ZZ\nsource: RIPE\n";
}

}  // namespace ndr::support
