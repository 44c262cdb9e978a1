#include "ndr_triage/casework/token.hpp"

#include <array>

#include "ndr_triage/base/base32.hpp"
#include "ndr_triage/base/secret.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr {

namespace {

constexpr std::size_t number_letters = 8;
constexpr std::size_t position_letters = 2;
constexpr std::size_t signature_letters = 16;
constexpr std::size_t signature_octets = 10;
constexpr std::size_t token_letters =
    key_id_letters + 1 + number_letters + position_letters + signature_letters;

constexpr std::array purposes{TokenPurpose::bounce,   TokenPurpose::answer, TokenPurpose::notice,
                              TokenPurpose::registry, TokenPurpose::record, TokenPurpose::test,
                              TokenPurpose::passing};

std::optional<TokenPurpose> purpose_of(char letter) {
    for (const auto purpose : purposes) {
        if (static_cast<char>(purpose) == letter) return purpose;
    }
    return std::nullopt;
}

// What stands in front of the signature.
std::string stem(const Token& token) {
    return token.key + static_cast<char>(token.purpose) +
           base32_number(token.number, number_letters) +
           base32_number(token.position, position_letters);
}

std::string signature(const Token& token, std::string_view secret, std::string_view bound) {
    const std::string message = "ndr-triage token 1\n" + stem(token) + "\n" + std::string(bound);
    return base32(std::string_view(hmac_sha256(secret, message)).substr(0, signature_octets));
}

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::string Token::text() const {
    return stem(*this) + signature;
}

std::optional<Token> token_of(std::string_view text) {
    if (text.size() != token_letters || !is_base32(text)) return std::nullopt;
    const std::string letters = ascii_lower(text);
    std::string_view rest = letters;
    const auto next = [&](std::size_t count) {
        const auto taken = rest.substr(0, count);
        rest.remove_prefix(count);
        return taken;
    };
    Token token;
    token.key = next(key_id_letters);
    const auto purpose = purpose_of(next(1).front());
    if (!purpose) return std::nullopt;
    token.purpose = *purpose;
    token.number = parse_base32_number(next(number_letters)).value_or(0);
    token.position =
        static_cast<std::size_t>(parse_base32_number(next(position_letters)).value_or(0));
    token.signature = rest;
    return token;
}

std::optional<Token> token_in_address(std::string_view address) {
    const auto local = local_part(address);
    if (local.size() < token_letters) return std::nullopt;
    const auto begin = local.size() - token_letters;
    if (begin > 0 && is_alphanumeric(local[begin - 1])) return std::nullopt;
    return token_of(local.substr(begin));
}

std::string with_tokens_blanked(std::string_view text) {
    std::string result(text);
    std::size_t begin = 0;
    for (std::size_t end = 0; end <= text.size(); ++end) {
        if (end < text.size() && is_alphanumeric(text[end])) continue;
        // Other letters may stand right before or behind it, as in xtext.
        for (std::size_t at = begin; at + token_letters <= end; ++at) {
            if (token_of(text.substr(at, token_letters)))
                result.replace(at, token_letters, token_letters, '*');
        }
        begin = end + 1;
    }
    return result;
}

std::string quotable(std::string_view text) {
    std::string line;
    for (const auto part : split_lines(text)) {
        const auto words = trimmed(part);
        if (!line.empty() && !words.empty()) line += ' ';
        line += words;
    }
    return with_tokens_blanked(printable(line));
}

Token sign(std::string_view key_id, std::string_view secret, TokenPurpose purpose,
           std::uint64_t number, std::size_t position, std::string_view bound) {
    Token token{std::string(key_id), purpose, number, position, {}};
    token.signature = signature(token, secret, bound);
    return token;
}

bool is_signed_with(const Token& token, std::string_view secret, std::string_view bound) {
    return equal_in_constant_time(token.signature, signature(token, secret, bound));
}

std::uint64_t random_token_number() {
    std::uint64_t number = 0;
    for (const char octet : random_octets(5))
        number = (number << 8U) | static_cast<unsigned char>(octet);
    return number;
}

}  // namespace ndr
