// mail/digest.hpp -- what makes two messages the same reply.
//
// SHA-256 over Message-ID, Date, From, Subject and the body; line ends count as LF, blank lines at
// the end do not count, and neither does any other field: Return-Path, Received and Delivered-To
// differ with the way a copy took (the same message again, by any path, changes nothing).
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace ndr {

// Takes a message of any length in pieces; holds at most its header.
class DigestStream {
public:
    DigestStream();
    ~DigestStream();
    DigestStream(const DigestStream&) = delete;
    DigestStream& operator=(const DigestStream&) = delete;

    void feed(std::string_view octets);
    // 64 lower-case hexadecimal digits; nothing may be fed afterwards.
    std::string finish();

private:
    class State;
    std::unique_ptr<State> state_;
};

std::string digest_of(std::string_view octets);

}  // namespace ndr
