// action/callers/command_line.hpp -- commands by which callers run us, as they stand in a file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "findings.hpp"

namespace ndr {

// What stands between blanks, quotes and all.
std::vector<std::string> words_in(std::string_view line);

// Whether this command, or line of a shell, gives us mail, whatever quotes stand around its words.
bool names_us(std::string_view command);

// Whether it goes through sudo(8) or the like: only that one knows who runs us in the end.
bool changes_user(std::string_view command);

// Whether `|| exit 75` stands behind the program: to a shell a program that is missing is 127, one
// that is killed 137, and both are final to who reads the shell's status.
bool ends_in_75(std::string_view command);

// An empty value that is a word of its own and not quoted is none to a shell, and the next word
// becomes the option's value. `variable` is how a value begins: "$", "%{".
void check_empty_words(std::string_view command, std::string_view variable, Findings& findings);

}  // namespace ndr
