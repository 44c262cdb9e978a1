// cli/run.hpp -- the program: words of a command line in, exit status out.
#pragma once

#include <string>
#include <vector>

namespace ndr {

// Runs one command; every Failure ends in one line on standard error and its status (sysexits), in
// `deliver` in 75. Nothing is thrown.
int run(const std::vector<std::string>& words);

}  // namespace ndr
