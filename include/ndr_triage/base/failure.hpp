// base/failure.hpp -- what goes wrong in our own house, and the exit status it ends in.
//
// Odd mail is never an exception: whatever a stranger can put into a message has an ordinary
// return value. A Failure is a fault of the machine, the configuration or the command line. Its
// what() is one line that names the thing, the place and the way out.
#pragma once

#include <stdexcept>
#include <string>

namespace ndr {

// sysexits.h by name; `differences` is the answer of
// `verify` that there are some, and "no" of `contacts check`.
enum class ExitStatus : int {
    ok = 0,
    differences = 1,
    usage = 64,
    data_error = 65,
    no_input = 66,
    unavailable = 69,
    software = 70,
    os_error = 71,
    cannot_create = 73,
    io_error = 74,
    temp_fail = 75,
    no_permission = 77,
    config = 78,
};

// What an MTA may see. Bounces have a null reverse-path, so a status that the MTA reads as
// permanent loses the message: only "done" and "try again" exist.
constexpr ExitStatus as_seen_by_mta(ExitStatus status) {
    return status == ExitStatus::ok ? ExitStatus::ok : ExitStatus::temp_fail;
}

class Failure : public std::runtime_error {
public:
    Failure(ExitStatus status, const std::string& what)
        : std::runtime_error(what), status_(status) {}
    ExitStatus status() const { return status_; }

private:
    ExitStatus status_;
};

// The command line is wrong; what() names the option.
struct UsageError : Failure {
    explicit UsageError(const std::string& what) : Failure(ExitStatus::usage, what) {}
};

// A configuration, rules or table file is wrong; what() names file and line.
struct ConfigError : Failure {
    explicit ConfigError(const std::string& what) : Failure(ExitStatus::config, what) {}
};

// A file cannot be opened, read or written. The status tells which: no_input (not there),
// no_permission, cannot_create, io_error.
struct IoError : Failure {
    using Failure::Failure;
};

// Throws IoError for `path` from errno: "PATH: cannot VERB: REASON".
[[noreturn]] void throw_io_error(const std::string& verb, const std::string& path, int error);

}  // namespace ndr
