// casework/filling.hpp -- names in braces, and what stands in their place.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ndr {

using Values = std::map<std::string, std::string, std::less<>>;

// The names in a line, in order. Braces around anything but a name are the writer's own.
std::vector<std::string_view> names_in(std::string_view line);

// Throws ConfigError naming `where` for a name that is none of `values`: "is no name that {what}
// has".
std::string filled(std::string_view line, const Values& values, const std::string& where,
                   std::string_view what);

}  // namespace ndr
