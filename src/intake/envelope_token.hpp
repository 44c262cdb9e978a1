// envelope_token.hpp -- the token in the address that a message came to.
#pragma once

#include <optional>
#include <string>

#include "ndr_triage/casework/token.hpp"
#include "ndr_triage/mail/envelope.hpp"
#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

// Where a token stood, for people.
struct FoundToken {
    Token token;  // its signature is not checked
    std::string place;
    std::string address;  // as it came
};

// In the recipient that the caller told, else in what our MTA put on top (Delivered-To,
// X-Original-To), else, where there is neither, in To.
std::optional<FoundToken> token_of_envelope(const Envelope& envelope, const ReplyFacts& facts);

}  // namespace ndr
