#include "ndr_triage/base/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "ndr_triage/base/failure.hpp"

namespace ndr {

FileLock::FileLock(const std::string& path) : FileLock(path, LOCK_EX) {}

std::optional<FileLock> FileLock::if_free(const std::string& path) {
    FileLock lock(path, LOCK_EX | LOCK_NB);
    return lock.fd_ ? std::optional(std::move(lock)) : std::nullopt;
}

FileLock::FileLock(const std::string& path, int operation)
    : fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (!fd_) throw_io_error("create", path, errno);
    while (flock(fd_.get(), operation) != 0) {
        if (errno == EWOULDBLOCK) {
            fd_.reset();
            return;
        }
        if (errno != EINTR) throw_io_error("lock", path, errno);
    }
}

}  // namespace ndr
