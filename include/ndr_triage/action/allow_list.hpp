// action/allow_list.hpp -- the file of prefixes that are never blocked, read and changed.
//
// "PREFIX comment" a line; a line that begins with '#' is a comment. Changes keep every other line
// as it is, and replace the file whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/casework/surroundings.hpp"

namespace ndr {

// A file that another than root or ourselves owns, or that others may write, is refused. Throws
// ConfigError naming file and line, IoError.
std::vector<ProtectedPrefix> read_allow_list(const std::string& file);

// Adds a line; makes the file if it is not there. False if the prefix is in it already. The comment
// must be one line. Throws as read_allow_list.
bool add_to_allow_list(const std::string& file, const Prefix& prefix, std::string_view comment);
// Takes out the lines of exactly that prefix; false if there is none. Throws as read_allow_list.
bool remove_from_allow_list(const std::string& file, const Prefix& prefix);

}  // namespace ndr
