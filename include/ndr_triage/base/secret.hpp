// base/secret.hpp -- keyed digests and what nobody can guess.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ndr {

// HMAC-SHA-256 (RFC 2104, FIPS 180-4): 32 octets.
std::string hmac_sha256(std::string_view key, std::string_view message);

// Takes the same time wherever the texts differ; texts of different lengths are unequal at once.
bool equal_in_constant_time(std::string_view a, std::string_view b);

// Octets from the kernel's generator (getrandom(2)). Throws IoError if it gives none.
std::string random_octets(std::size_t count);

// Octets as lower-case hexadecimal digits, two each, and back; nullopt for any other text.
std::string hexadecimal(std::string_view octets);
std::optional<std::string> octets_of_hexadecimal(std::string_view digits);

}  // namespace ndr
