#include "ndr_triage/base/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "ndr_triage/base/failure.hpp"

namespace ndr {

FileLock::FileLock(const std::string& path)
    : fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (!fd_) throw_io_error("create", path, errno);
    while (flock(fd_.get(), LOCK_EX) != 0) {
        if (errno != EINTR) throw_io_error("lock", path, errno);
    }
}

}  // namespace ndr
