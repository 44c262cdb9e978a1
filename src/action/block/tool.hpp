// action/block/tool.hpp -- runs the program of a back end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/base/processes.hpp"

namespace ndr {

// Within a minute. Throws BackEndError where it cannot be started, is late or says too much; what
// its status means is the caller's to know.
Finished run_tool(const std::string& back_end, const std::vector<std::string>& arguments,
                  std::string_view input = {});

// The first line of what it said against us, for a message; its status, if it said nothing.
std::string complaint_of(const Finished& finished);

// The standard output of a program that must succeed. Throws BackEndError.
std::string answer_of_tool(const std::string& back_end, const std::vector<std::string>& arguments,
                           std::string_view input = {});

}  // namespace ndr
