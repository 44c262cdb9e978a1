// mail/address.hpp -- mail addresses as they stand in text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ndr {

// Where an address stands in a text: text.substr(begin, end - begin), without angle brackets.
struct AddressSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// The next addr-spec (RFC 5321 dot-string or quoted-string @ domain or literal; RFC 6531 letters)
// at or after `from`.
std::optional<AddressSpan> next_address(std::string_view text, std::size_t from = 0);
std::vector<std::string> addresses_in(std::string_view text);

// The text with blanks between addresses and what is written next to them without any, as Chinese
// and Japanese do: those letters are no part of the address.
std::string with_separate_addresses(std::string_view text);

// The one address of a field such as "rfc822; <joe@example.net> (Joe)" or "joe@example.net":
// without type, brackets, comments, and RFC 6533 \x{HEX} escapes read. A local part alone is kept
// as it is.
std::string address_of_field(std::string_view field);

// For comparison: lower case (ASCII), no trailing dot of the domain.
std::string comparable_address(std::string_view address);
std::string_view local_part(std::string_view address);
std::string_view domain_of(std::string_view address);

// True for what we may hand to an MTA: dot-string @ LDH domain, no literal.
bool is_plain_address(std::string_view address);

}  // namespace ndr
