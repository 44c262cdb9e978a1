// mail/charset_guess.hpp -- what charset octets are in when their label is missing or wrong.
#pragma once

#include <string>
#include <string_view>

namespace ndr {

struct Conversion {
    std::string text;        // UTF-8; U+FFFD where an octet could not be read
    std::size_t faults = 0;  // how often
};

// Octets read as `charset` (an iconv name). An unknown charset: all octets are faults.
Conversion converted(std::string_view octets, const char* charset);

// ISO-2022-JP or ISO-2022-KR if the octets hold their escape sequences (7-bit, so no label needed
// to know them), else nullptr.
const char* shifted_charset(std::string_view octets);

// Reads octets that are neither ASCII nor UTF-8 in the charset that makes most sense of them.
// `labelled` (may be nullptr) is believed where its reading makes sense, or the text is too short
// to speak against it.
std::string best_reading(std::string_view octets, const char* labelled);

}  // namespace ndr
