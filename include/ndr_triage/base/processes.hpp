// base/processes.hpp -- runs another program: an argument vector, no shell, bounded in time and
// output.
//
// The program gets `input` on its standard input (a file of memory, so that it may read as much as
// it likes), no other descriptor of ours, the default signals, and an environment of PATH and
// LC_ALL alone: nothing that our caller could have set. It runs in a process group of its own, all
// of which ends with it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace ndr {

struct Finished {
    int status = -1;     // exit status; -1: a signal ended it, or we did, for it was late
    std::string output;  // standard output
    std::string errors;  // standard error
    bool was_cut =
        false;  // it said more than `most_output` octets on one of them: the rest is gone
    bool was_late = false;  // it did not end within `limit`, and was killed
};

// `arguments` begin with the program: a path, or a name sought in /usr/local/sbin, /usr/local/bin,
// /usr/sbin, /usr/bin, /sbin and /bin. Throws IoError if it cannot be started.
Finished run_program(const std::vector<std::string>& arguments, std::string_view input,
                     std::chrono::milliseconds limit, std::size_t most_output);

}  // namespace ndr
