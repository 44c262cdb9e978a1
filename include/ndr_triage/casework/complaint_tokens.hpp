// casework/complaint_tokens.hpp -- the addresses and Message-IDs of a complaint's copies.
#pragma once

#include <string>
#include <string_view>

#include "ndr_triage/casework/complaint.hpp"
#include "ndr_triage/casework/keyring.hpp"

namespace ndr {

// "complaints@example.org" and a token: "complaints+TOKEN@example.org".
std::string with_extension(std::string_view address, std::string_view token);

// The token of a purpose for the copy at `position`, bound to its contact.
Token copy_token(const Key& key, const Complaint& complaint, TokenPurpose purpose,
                 std::size_t position);
// Gives each copy its Message-ID, which is its answer token at `domain`.
void sign_copies(const Key& key, std::string_view domain, Complaint& complaint);

// For the copy that goes to the ledger's host: bound to everything that will be recorded there, so
// that nobody who knows one token can have another complaint recorded with it.
Token record_token(const Key& key, const Complaint& complaint);
bool is_record_of(const Token& token, const Key& key, const Complaint& complaint);

}  // namespace ndr
