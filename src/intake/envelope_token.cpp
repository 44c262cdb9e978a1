#include "envelope_token.hpp"

namespace ndr {

std::optional<FoundToken> token_of_envelope(const Envelope& envelope, const ReplyFacts& facts) {
    if (const auto token = token_in_address(envelope.recipient))
        return FoundToken{*token, "envelope recipient", envelope.recipient};
    for (const auto& address : facts.envelope_to) {
        if (const auto token = token_in_address(address))
            return FoundToken{*token, "Delivered-To", address};
    }
    if (!envelope.recipient.empty() || !facts.envelope_to.empty()) return std::nullopt;
    for (const auto& address : facts.to) {
        if (const auto token = token_in_address(address)) return FoundToken{*token, "To", address};
    }
    return std::nullopt;
}

}  // namespace ndr
