// mail/message.hpp -- a message as plain values, UTF-8 throughout.
//
// GMime reads the octets (RFC 5322, 2045-2047, 6532); nothing of it is seen outside src/mail.
// Whatever a stranger sends has an ordinary value: a missing header is an empty one, a broken
// multipart is its text, an empty message/rfc822 part has no parts. Limits (below) cut, they never
// fail. Nothing here throws but std::bad_alloc.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ndr {

// What one message may cost. Cut text and left-out parts are marked in the Part.
struct MessageLimits {
    int depth = 12;                        // nested multiparts and messages
    std::size_t parts = 500;               // parts, all levels together
    std::size_t fields = 2000;             // header fields of one header
    std::size_t field_octets = 16 * 1024;  // one field
    std::size_t text_octets = 256 * 1024;  // the text of one part
    std::size_t all_text_octets = 2 * 1024 * 1024;
};

// A header field: RFC 2047 words decoded, unfolded, valid UTF-8.
struct Field {
    std::string name;
    std::string value;
};

class Header {
public:
    Header() = default;
    explicit Header(std::vector<Field> fields) : fields_(std::move(fields)) {}

    const std::vector<Field>& fields() const { return fields_; }
    // The first field of that name (case does not matter), or nullptr.
    const std::string* find(std::string_view name) const;
    // Its value, or "".
    std::string_view value(std::string_view name) const;
    bool has(std::string_view name) const { return find(name) != nullptr; }
    std::vector<std::string_view> all(std::string_view name) const;
    bool empty() const { return fields_.empty(); }

private:
    std::vector<Field> fields_;
};

struct Part {
    std::string media_type = "text/plain";          // lower case
    std::map<std::string, std::string> parameters;  // of Content-Type; names in lower case
    std::string file_name;
    std::string description;
    // message/rfc822, message/global: the header of the message inside; text/rfc822-headers and
    // message/global-headers: the fields that the part lists.
    Header header;
    std::string message_class;  // of application/ms-tnef: "IPM.Microsoft Mail.Read Receipt"
    // text/* and machine-readable parts (message/delivery-status, ...): the text with LF line
    // ends; for text/html its visible text; for application/ms-tnef the text inside.
    std::string text;
    bool is_cut = false;      // text or parts were left out
    std::vector<Part> parts;  // of a multipart; of a message inside: its one body

    bool is_multipart() const { return media_type.starts_with("multipart/"); }
    bool is_message() const;  // message/rfc822, message/global and message/news
    std::string_view parameter(std::string_view name) const;
};

struct Message {
    Header header;  // without its Content-* fields: they describe the body
    Part body;
};

// Line ends may be LF, CRLF or (old Mac) CR; an mbox "From " line in front is passed over.
Message parse_message(std::string_view octets, const MessageLimits& limits = {});

// The octets with LF line ends and without a leading mbox "From " line.
std::string with_lf_line_ends(std::string_view octets);

// True if the first line, a "From " line aside, is a header field (RFC 5322 section 2.2).
bool begins_with_header(std::string_view octets);

// Must be called once before anything is parsed, and again after nothing. `with_charsets` loads the
// converters for all charsets of mail, so that parsing later opens no file (the locked child).
void set_up_mail(bool with_charsets);
// True when reading these octets may need a charset other than ASCII and UTF-8.
bool may_need_charsets(std::string_view octets);

}  // namespace ndr
