#include "ndr_triage/mail/raw_message.hpp"

namespace ndr {

void RawMessageBuilder::feed(std::string_view octets) {
    digest_.feed(octets);
    message_.size += octets.size();
    if (is_oversized()) {
        if (message_.octets.size() < limits_.head)
            message_.octets.append(octets.substr(0, limits_.head - message_.octets.size()));
        message_.octets.resize(std::min(message_.octets.size(), limits_.head));
    } else {
        message_.octets.append(octets);
    }
}

RawMessage RawMessageBuilder::finish() {
    message_.digest = digest_.finish();
    return std::move(message_);
}

RawMessage raw_message(std::string_view octets, const SizeLimits& limits) {
    RawMessageBuilder builder(limits);
    builder.feed(octets);
    return builder.finish();
}

}  // namespace ndr
