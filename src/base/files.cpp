#include "ndr_triage/base/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "ndr_triage/base/failure.hpp"

namespace ndr {

namespace {

void sync(int fd, const std::string& path) {
    if (fsync(fd) != 0) throw_io_error("write", path, errno);
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        reset();
        fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
}

void Descriptor::reset() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
}

std::string read_all(int fd, const std::string& name) {
    std::string octets;
    char buffer[64 * 1024];
    for (;;) {
        const ssize_t got = read(fd, buffer, sizeof buffer);
        if (got == 0) return octets;
        if (got > 0) {
            octets.append(buffer, static_cast<std::size_t>(got));
        } else if (errno != EINTR) {
            throw_io_error("read", name, errno);
        }
    }
}

std::optional<std::string> read_file_if_there(const std::string& path) {
    const Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd && errno == ENOENT) return std::nullopt;
    if (!fd) throw_io_error("read", path, errno);
    return read_all(fd.get(), path);
}

std::string read_file(const std::string& path) {
    auto octets = read_file_if_there(path);
    if (!octets) throw_io_error("read", path, ENOENT);
    return std::move(*octets);
}

void write_all(int fd, std::string_view octets, const std::string& name) {
    while (!octets.empty()) {
        const ssize_t written = write(fd, octets.data(), octets.size());
        if (written >= 0) {
            octets.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            throw_io_error("write", name, errno);
        }
    }
}

void write_file_durably(const std::string& path, std::string_view octets, mode_t mode) {
    const std::string temporary = path + ".new";
    Descriptor fd(
        open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
    // One that a crash left may have another mode, and so may the umask.
    if (!fd || fchmod(fd.get(), mode) != 0) throw_io_error("create", temporary, errno);
    write_all(fd.get(), octets, temporary);
    sync(fd.get(), temporary);
    if (rename(temporary.c_str(), path.c_str()) != 0) throw_io_error("create", path, errno);
    sync_directory(directory_of(path));
}

void sync_directory(const std::string& directory) {
    const Descriptor fd(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd) throw_io_error("read", directory, errno);
    sync(fd.get(), directory);
}

void make_directories(const std::string& path) {
    struct stat there {};
    if (stat(path.c_str(), &there) == 0) {
        if (!S_ISDIR(there.st_mode)) throw_io_error("create", path, ENOTDIR);
        return;
    }
    if (const std::string parent = directory_of(path); parent != path) make_directories(parent);
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) throw_io_error("create", path, errno);
}

std::string directory_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace ndr
