// triage/status_code.hpp -- SMTP reply codes (RFC 5321 section 4.2) and enhanced status codes
// (RFC 3463) as they stand in fields and in running text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ndr {

struct EnhancedStatus {
    int code_class = 0;  // 2, 4 or 5
    int subject = 0;
    int detail = 0;

    bool operator==(const EnhancedStatus&) const = default;
    std::string text() const;  // "5.2.2"
    // X.0.0 and the like say nothing about why.
    bool is_general() const { return subject == 0 || detail == 0; }
};

// "5.2.2 (mailbox full)"; blanks in front and a comment behind may stand. nullopt for anything
// else.
std::optional<EnhancedStatus> parse_status(std::string_view field);

// The codes of an SMTP reply somewhere in a text: "said: 552 5.2.2 Over quota", "550-5.1.1 ...",
// "(#5.1.1)", "554: delivery error". Numbers that are parts of addresses, dates or versions are not
// codes. The reply code is the first one that an enhanced code follows, else the first.
struct ReplyCodes {
    std::optional<int> reply_code;
    std::optional<EnhancedStatus> status;
};
ReplyCodes find_codes(std::string_view text);

}  // namespace ndr
