// base/file_lock.hpp -- one process at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ndr_triage/base/files.hpp"

namespace ndr {

// Held as long as the object lives, and gone with the process however it ends (open file
// description locks, fcntl(2)). The file stays; it is created with mode 0600. Waits for whoever has
// it. Throws IoError.
class FileLock {
public:
    // One of very many parts, each of which can be held by another.
    using Part = std::uint32_t;

    // The whole, or the part alone.
    explicit FileLock(const std::string& path, std::optional<Part> part = std::nullopt);
    // Does not wait; nullopt if somebody has it.
    static std::optional<FileLock> if_free(const std::string& path,
                                           std::optional<Part> part = std::nullopt);

private:
    FileLock(const std::string& path, std::optional<Part> part, int command);

    Descriptor fd_;
};

}  // namespace ndr
