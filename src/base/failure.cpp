#include "ndr_triage/base/failure.hpp"

#include <cerrno>
#include <system_error>

namespace ndr {

namespace {

ExitStatus status_of(int error) {
    switch (error) {
        case ENOENT:
        case ENOTDIR:
            return ExitStatus::no_input;
        case EACCES:
        case EPERM:
        case EROFS:
            return ExitStatus::no_permission;
        default:
            return ExitStatus::io_error;
    }
}

}  // namespace

void throw_io_error(const std::string& verb, const std::string& path, int error) {
    throw IoError(status_of(error),
                  path + ": cannot " + verb + ": " + std::generic_category().message(error));
}

}  // namespace ndr
