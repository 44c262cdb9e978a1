// mail/marking.hpp -- a message that passes on, octet for octet, with fields of ours on top.
//
// The fields stand before all others, but after a leading mbox "From " line (RFC 4155), and end
// their lines as the message's first line does. A field of that kind that a stranger wrote is
// renamed, "X-NDR-Triage-Outcome" to "X-Foreign-NDR-Triage-Outcome", its folded lines are kept: no
// rule of procmail or Sieve can take it for ours. Where programs differ about where the header ends
// (a line of CR alone), the longer one counts. Memory is bounded, whatever the length of a line.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/mail/message.hpp"

namespace ndr {

class Marking {
public:
    using Put = std::function<void(std::string_view)>;

    // The fields' names are whole ("X-NDR-Triage-Outcome"), the values plain ASCII. What `put`
    // throws passes through.
    Marking(const std::vector<Field>& fields, Put put) : fields_(fields), put_(std::move(put)) {}

    void feed(std::string_view octets);
    // Once, after the last octets.
    void finish();

private:
    void begin();
    void take(std::string_view octets);
    void take_of_header(char octet);
    void pass(std::string_view octets);
    void end_line();

    std::vector<Field> fields_;
    Put put_;
    std::string first_octets_;  // until the first line is known
    bool has_begun_ = false;
    bool is_in_header_ = true;
    bool is_line_start_ = true;  // nothing but the beginning of a foreign name stands on this line
    std::string withheld_;       // that beginning
    std::string out_;
    std::size_t line_length_ = 0;  // without its LF
    char last_ = '\0';             // on this line
    bool are_all_crlf_ = true;     // line ends so far
};

}  // namespace ndr
