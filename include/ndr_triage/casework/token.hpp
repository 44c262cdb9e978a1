// casework/token.hpp -- the signed marks by which an answer to our mail is known.
//
// 31 letters of base32 in lower case, read in either case:
//
//     key id 4 | purpose 1 | number 8 | position 2 | signature 16
//
// The signature is HMAC-SHA-256 cut to 80 bits (RFC 2104 section 5), over everything in front of it
// and over what the token is bound to, which does not stand in it. The number is drawn at random
// for each complaint, so it tells nothing and never comes again. With "complaints+" in front it
// fits a local part (64 octets, RFC 5321 section 4.5.3.1.1). Who verifies needs the key; a verified
// token proves which mail is answered, not who wrote the answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ndr {

// What a token stands on, and who can know it therefore.
enum class TokenPurpose : char {
    bounce = 'b',    // envelope sender and ENVID of a complaint: the mail systems on its way
    answer = 'a',    // Message-ID, Reply-To, X-NDR-Triage: everyone who ever sees the complaint
    notice = 'n',    // a notice to a postmaster
    registry = 'g',  // mail to a registry
    record = 'r',    // the copy that another server sends to the ledger's host
    test = 't',      // a test that doctor sends to itself
    passing = 'p',   // a reply that goes on to a person of ours
};

struct Token {
    std::string key;  // its id
    TokenPurpose purpose = TokenPurpose::bounce;
    std::uint64_t number = 0;  // below 2^40
    std::size_t position = 0;  // of the contact, below 1024
    std::string signature;     // 16 letters

    // Lower case.
    std::string text() const;
};

inline constexpr std::size_t key_id_letters = 4;
inline constexpr std::uint64_t token_numbers = std::uint64_t{1} << 40U;
inline constexpr std::size_t token_positions = 1024;

// A token without regard to its signature; nullopt for any other text.
std::optional<Token> token_of(std::string_view text);
// The token that ends the local part of an address or a Message-ID, behind a sign that is no letter
// and no digit ("complaints+TOKEN@example.org"), or is all of it.
std::optional<Token> token_in_address(std::string_view address);

// The text with asterisks in place of all that looks like a token, for letters to strangers: who
// learns a token of ours could prove what is not so.
std::string with_tokens_blanked(std::string_view text);
// A stranger's words on one line, as letters may pass them on: lines joined by a blank, control
// characters escaped, our tokens blanked.
std::string quotable(std::string_view text);

// `bound` is what the token is for besides its own fields: the contact's address, as
// comparable_address gives it.
Token sign(std::string_view key_id, std::string_view secret, TokenPurpose purpose,
           std::uint64_t number, std::size_t position, std::string_view bound);
// Compares in constant time.
bool is_signed_with(const Token& token, std::string_view secret, std::string_view bound);

// A number for a new complaint. Throws IoError if the kernel gives none.
std::uint64_t random_token_number();

}  // namespace ndr
