// casework/letter_words.hpp -- what a letter of ours says.
#pragma once

#include <string>

namespace ndr {

struct LetterWords {
    std::string subject;
    std::string text;
};

}  // namespace ndr
