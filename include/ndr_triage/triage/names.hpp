// triage/names.hpp -- mail addresses and the paths of links say nothing about why.
#pragma once

#include <string>
#include <string_view>

namespace ndr {

// The text with the letters of mail addresses and of the paths of links replaced by '~', octet for
// octet, so that <no-such-user@full.example> and https://example.net/spam match no phrase.
// Positions stay valid.
std::string without_names(std::string_view text);

}  // namespace ndr
