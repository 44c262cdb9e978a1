// mail/encoded_words.hpp -- RFC 2047 words in header fields.
#pragma once

#include <string>
#include <string_view>

namespace ndr {

// The text with its encoded words in UTF-8, in the charset that fits where the label does not
// (charset.hpp). Words next to each other are read as one, for careless senders split characters.
// What is no encoded word stays as it is; a line end inside one becomes a blank.
std::string with_words_decoded(std::string_view utf8);

}  // namespace ndr
