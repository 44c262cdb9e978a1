// network/address_words.hpp -- IP addresses that stand as words in a text.
#pragma once

#include <string_view>
#include <vector>

#include "ndr_triage/network/address.hpp"

namespace ndr {

// In their order. Brackets, punctuation, a label in front ("rhost:203.0.113.7") and a port behind
// do not belong to the word; letters and digits next to it do, and make it none.
std::vector<Address> addresses_in_words(std::string_view text);

}  // namespace ndr
