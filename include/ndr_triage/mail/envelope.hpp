// mail/envelope.hpp -- how a message came to us, as the caller told: what SMTP calls its envelope.
#pragma once

#include <optional>
#include <string>

namespace ndr {

struct Envelope {
    std::string recipient;              // RFC 5321 forward-path, "" unknown
    std::string sender;                 // reverse-path, "" null or unknown
    std::optional<std::string> client;  // of our MTA: its address, "" none; nullopt unknown
};

}  // namespace ndr
