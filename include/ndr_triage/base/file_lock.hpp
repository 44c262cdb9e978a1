// base/file_lock.hpp -- one process at a time.
#pragma once

#include <string>

#include "ndr_triage/base/files.hpp"

namespace ndr {

// Held as long as the object lives, and gone with the process however it ends (flock(2)). The file
// stays; it is created with mode 0600. Waits for whoever has it. Throws IoError.
class FileLock {
public:
    explicit FileLock(const std::string& path);

private:
    Descriptor fd_;
};

}  // namespace ndr
