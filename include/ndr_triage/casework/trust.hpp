// casework/trust.hpp -- whose reply it is, and how far it can be believed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ndr {

// In rising order. A bounce is easy to forge: only a token that nobody else can have makes it
// signed.
enum class Trust {
    unknown,    // nothing ties it to a complaint but an address
    matched,    // it knows a Message-ID of ours
    is_signed,  // its bounce token came back in the envelope
};

std::string_view text(Trust trust);  // "signed"
std::optional<Trust> trust_of(std::string_view text);

}  // namespace ndr
