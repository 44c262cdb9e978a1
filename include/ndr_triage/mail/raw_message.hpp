// mail/raw_message.hpp -- a message as it came, before anything is read out of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ndr_triage/mail/digest.hpp"

namespace ndr {

struct SizeLimits {
    std::uint64_t max_size = 16 * 1024 * 1024;  // octets of a message that is read whole
    std::size_t head = 64 * 1024;               // what is judged and kept of a larger one
};

struct RawMessage {
    std::string octets;      // all of them, or the head of an oversized message
    std::uint64_t size = 0;  // of the whole message
    std::string digest;      // mail/digest.hpp, over the whole message

    bool is_oversized() const { return size > octets.size(); }
};

// Collects a message of any length in bounded memory.
class RawMessageBuilder {
public:
    explicit RawMessageBuilder(const SizeLimits& limits) : limits_(limits) {}

    void feed(std::string_view octets);
    bool is_oversized() const { return message_.size > limits_.max_size; }
    std::uint64_t size() const { return message_.size; }
    // What is kept so far.
    const std::string& octets() const { return message_.octets; }
    RawMessage finish();

private:
    SizeLimits limits_;
    RawMessage message_;
    DigestStream digest_;
};

RawMessage raw_message(std::string_view octets, const SizeLimits& limits = {});

}  // namespace ndr
