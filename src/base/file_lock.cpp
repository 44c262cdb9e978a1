#include "ndr_triage/base/file_lock.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>

#include "ndr_triage/base/failure.hpp"

namespace ndr {

namespace {

// A part is an octet of the file, which need not be there.
struct flock range_of(std::optional<FileLock::Part> part) {
    struct flock range {};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    if (part) {
        range.l_start = *part;
        range.l_len = 1;
    }
    return range;
}

}  // namespace

FileLock::FileLock(const std::string& path, std::optional<Part> part)
    : FileLock(path, part, F_OFD_SETLKW) {}

std::optional<FileLock> FileLock::if_free(const std::string& path, std::optional<Part> part) {
    FileLock lock(path, part, F_OFD_SETLK);
    return lock.fd_ ? std::optional(std::move(lock)) : std::nullopt;
}

FileLock::FileLock(const std::string& path, std::optional<Part> part, int command)
    : fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (!fd_) throw_io_error("create", path, errno);
    struct flock range = range_of(part);
    while (fcntl(fd_.get(), command, &range) != 0) {
        if (errno == EAGAIN || errno == EACCES) {
            fd_.reset();
            return;
        }
        if (errno != EINTR) throw_io_error("lock", path, errno);
    }
}

}  // namespace ndr
