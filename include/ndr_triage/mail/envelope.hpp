// mail/envelope.hpp -- how a message came to us, as the caller told: what SMTP calls its envelope.
#pragma once

#include <optional>
#include <string>

namespace ndr {

// A client of a message that no caller handed over, and that somebody else may have put where it
// lay: then its Received proves nothing either.
inline constexpr const char* nobody_knows = "unknown";

struct Envelope {
    std::string recipient;              // RFC 5321 forward-path, "" unknown
    std::string sender;                 // reverse-path, "" null or unknown
    std::optional<std::string> client;  // of our MTA: its address, "" none; nullopt unknown
};

}  // namespace ndr
