// action/callers/command_line.hpp -- commands by which callers run us, as they stand in a file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ndr {

// What stands between blanks, quotes and all.
std::vector<std::string> words_in(std::string_view line);

// Whether this command, or line of a shell, gives us mail, whatever quotes stand around its words.
bool names_us(std::string_view command);

}  // namespace ndr
