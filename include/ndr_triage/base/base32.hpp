// base/base32.hpp -- numbers as letters and digits that survive any change of case.
//
// The alphabet of RFC 4648 section 6 in lower case (a-z, 2-7), five bits a letter, no padding: mail
// systems fold the case of local parts, so nothing may depend on it. No Debian library reads or
// writes it in C or C++ without drawing in another's whole toolkit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ndr {

// All octets, most significant bit first; the last letter is filled with zero bits.
std::string base32(std::string_view octets);
// A number in exactly so many letters; `value` must fit.
std::string base32_number(std::uint64_t value, std::size_t letters);
// The number that at most 12 letters of either case write; nullopt for any other text.
std::optional<std::uint64_t> parse_base32_number(std::string_view letters);
// True if the text holds nothing but letters of the alphabet, in either case.
bool is_base32(std::string_view text);

}  // namespace ndr
