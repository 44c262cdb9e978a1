// base/files.hpp -- descriptors, whole files, and files that are there whole or not at all.
//
// Throws IoError naming the path.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ndr {

// Owns a file descriptor.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() { reset(); }
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;

    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    void reset();

private:
    int fd_ = -1;
};

std::string read_file(const std::string& path);
// The same, or nullopt if the file is not there.
std::optional<std::string> read_file_if_there(const std::string& path);

// Everything up to the end; `name` is for the message of a fault.
std::string read_all(int fd, const std::string& name);
// All octets to `fd`, however often it takes; `name` is for the message of a fault.
void write_all(int fd, std::string_view octets, const std::string& name);

// Makes `path` hold exactly `octets`, durable when it returns. The directory must exist.
void write_file_durably(const std::string& path, std::string_view octets, mode_t mode = 0600);
// Makes a rename or unlink in `directory` durable.
void sync_directory(const std::string& directory);

// Creates the directory and those above it that are missing, mode 0700.
void make_directories(const std::string& path);

// Everything before the last '/', "." if there is none.
std::string directory_of(const std::string& path);

}  // namespace ndr
