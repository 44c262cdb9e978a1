// mail/letter.hpp -- a message that we write, and its octets.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/mail/message.hpp"

namespace ndr {

// What goes with the letter, as it is.
struct Enclosure {
    std::string file_name;  // ASCII
    std::string octets;     // LF line ends
    std::string media_type = "message/rfc822";
};

struct Letter {
    std::string from_name;  // UTF-8, "" none
    std::string from;       // address
    std::vector<std::string> to;
    std::string reply_to;  // "" none
    std::string subject;   // UTF-8
    std::string message_id;
    Instant date{};
    std::vector<Field> fields;  // more of the header, ASCII
    std::string text;           // the body, UTF-8 with LF line ends
    std::vector<Enclosure> enclosures;
};

// RFC 5322 and 2045 with LF line ends: pure ASCII, no line longer than 998 octets (8-bit text and
// long lines as quoted-printable, field values as encoded-words). An enclosure that
// is not ASCII or has longer lines can be no message/rfc822 (RFC 2046 section 5.2.1): it becomes an
// application/octet-stream in base64. Addresses must be plain ones.
std::string octets_of(const Letter& letter);

}  // namespace ndr
