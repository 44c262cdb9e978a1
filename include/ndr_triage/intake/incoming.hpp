// intake/incoming.hpp -- one message from a descriptor, read to its end, in bounded memory.
#pragma once

#include <memory>

#include "ndr_triage/intake/hold.hpp"
#include "ndr_triage/mail/raw_message.hpp"

namespace ndr {

struct Incoming {
    RawMessage message;
    // Holds all octets of an oversized message; nullptr for any other.
    std::unique_ptr<HeldFile> held;
    // An oversized message could not be written to hold (disk full, no permission): why.
    std::string held_fault;
};

// Reads `fd` to its end whatever happens, so that the writer never gets a broken pipe. Throws
// IoError, which names `name`, if it cannot be read.
Incoming read_incoming(int fd, const SizeLimits& limits, Hold& hold,
                       const std::string& name = "standard input");
// The same of a file that stays where it is.
RawMessage read_raw_message(int fd, const SizeLimits& limits, const std::string& name);

}  // namespace ndr
