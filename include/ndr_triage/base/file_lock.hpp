// base/file_lock.hpp -- one process at a time.
#pragma once

#include <optional>
#include <string>

#include "ndr_triage/base/files.hpp"

namespace ndr {

// Held as long as the object lives, and gone with the process however it ends (flock(2)). The file
// stays; it is created with mode 0600. Waits for whoever has it. Throws IoError.
class FileLock {
public:
    explicit FileLock(const std::string& path);
    // Does not wait; nullopt if somebody has it.
    static std::optional<FileLock> if_free(const std::string& path);

private:
    FileLock(const std::string& path, int operation);

    Descriptor fd_;
};

}  // namespace ndr
