// casework/filling.hpp -- names in braces, and what stands in their place.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/casework/letter_words.hpp"

namespace ndr {

using Values = std::map<std::string, std::string, std::less<>>;

// The names in a line, in order. Braces around anything but a name are the writer's own.
std::vector<std::string_view> names_in(std::string_view line);

// Throws ConfigError naming `where` for a name that is none of `values`: "is no name that {what}
// has".
std::string filled(std::string_view line, const Values& values, const std::string& where,
                   std::string_view what);

// A letter from a template whose first line may be "Subject: ...". Throws ConfigError as `filled`,
// naming `name` and the line.
LetterWords filled_letter(std::string_view letter_template, const std::string& name,
                          const Values& values, std::string_view what);

}  // namespace ndr
