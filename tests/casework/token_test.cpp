#include "ndr_triage/casework/token.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

const std::string secret(32, 's');
constexpr const char* contact = "abuse@example.net";

Token made(TokenPurpose purpose = TokenPurpose::bounce, std::uint64_t number = 123456789,
           std::size_t position = 2) {
    return sign("k7qd", secret, purpose, number, position, contact);
}

std::string upper(std::string text) {
    for (char& c : text)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

}  // namespace

TEST(Token, says_what_it_is_and_proves_it) {
    const auto token = token_of(made().text());
    ASSERT_TRUE(token);
    EXPECT_EQ(token->key, "k7qd");
    EXPECT_EQ(token->purpose, TokenPurpose::bounce);
    EXPECT_EQ(token->number, 123456789U);
    EXPECT_EQ(token->position, 2U);
    EXPECT_TRUE(is_signed_with(*token, secret, contact));
}

// By hand: base32 of number 0 and position 0 are letters "a"; the signature is the first 80 bits of
// `printf 'ndr-triage token 1\nk7qdbaaaaaaaaaa\nabuse@example.net' | openssl dgst -sha256 -hmac
// key`.
TEST(Token, is_blanked_in_letters_to_strangers) {
    const std::string token = made().text();
    const std::string stars(token.size(), '*');
    for (const std::string& around : {std::string("complaints+T@example.org"), std::string("T"),
                                      std::string("<T>, T."), std::string("xtext+2BT")}) {
        std::string text = around;
        std::string blanked = around;
        for (auto at = text.rfind('T'); at != std::string::npos && text[at] == 'T';
             at = text.rfind('T')) {
            text.replace(at, 1, token);
            blanked.replace(at, 1, stars);
        }
        EXPECT_EQ(with_tokens_blanked(text), blanked);
    }
    EXPECT_EQ(with_tokens_blanked("550 5.1.1 User unknown"), "550 5.1.1 User unknown");
}

TEST(Token, is_the_same_whoever_computes_it) {
    EXPECT_EQ(sign("k7qd", "key", TokenPurpose::bounce, 0, 0, contact).text(),
              "k7qdbaaaaaaaaaaecszz3ms7ub72rl3");
}

TEST(Token, fits_a_local_part_behind_the_name_of_the_mailbox) {
    EXPECT_EQ(made().text().size(), 31U);
    EXPECT_LE(std::string("complaints+").size() + made().text().size(), 64U);
}

TEST(Token, survives_a_change_of_case) {
    const auto token = token_of(upper(made().text()));
    ASSERT_TRUE(token);
    EXPECT_TRUE(is_signed_with(*token, secret, contact));
    EXPECT_EQ(token->text(), made().text());
}

TEST(Token, of_another_contact_key_purpose_number_or_position_proves_nothing) {
    EXPECT_FALSE(is_signed_with(made(), secret, "noc@example.net"));
    EXPECT_FALSE(is_signed_with(made(), std::string(32, 't'), contact));
    std::vector<Token> forged(4, made());
    forged[0].purpose = TokenPurpose::answer;
    ++forged[1].number;
    ++forged[2].position;
    forged[3].key = "k7qe";
    for (const auto& token : forged)
        EXPECT_FALSE(is_signed_with(token, secret, contact)) << token.text();
}

TEST(Token, with_any_one_letter_altered_proves_nothing) {
    const std::string text = made().text();
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string altered = text;
        altered[i] = altered[i] == 'a' ? 'b' : 'a';
        const auto token = token_of(altered);
        EXPECT_FALSE(token && is_signed_with(*token, secret, contact)) << i;
    }
}

TEST(Token, is_no_other_text) {
    const std::string text = made().text();
    EXPECT_FALSE(token_of(""));
    EXPECT_FALSE(token_of(text.substr(1)));
    EXPECT_FALSE(token_of(text + "a"));
    EXPECT_FALSE(token_of("1" + text.substr(1)));
    std::string no_purpose = text;
    no_purpose[4] = 'z';
    EXPECT_FALSE(token_of(no_purpose));
}

TEST(Token, stands_at_the_end_of_a_local_part_behind_any_delimiter) {
    const std::string text = made().text();
    for (const std::string& address :
         {"complaints+" + text + "@example.org", "complaints-" + text + "@example.org",
          "complaints=" + text + "@example.org", text + "@example.org", text,
          upper("Complaints+" + text + "@Example.ORG")}) {
        const auto token = token_in_address(address);
        ASSERT_TRUE(token) << address;
        EXPECT_EQ(token->text(), text) << address;
    }
    EXPECT_FALSE(token_in_address("complaints@example.org"));
    EXPECT_FALSE(token_in_address("x" + text + "@example.org"));
    EXPECT_FALSE(token_in_address(text + "x@example.org"));
    EXPECT_FALSE(token_in_address("complaints@" + text));
    EXPECT_FALSE(token_in_address(""));
}

TEST(TokenNumber, is_drawn_at_random_within_its_bounds) {
    std::set<std::uint64_t> numbers;
    for (int i = 0; i < 100; ++i) {
        const auto number = random_token_number();
        EXPECT_LT(number, token_numbers);
        numbers.insert(number);
    }
    EXPECT_EQ(numbers.size(), 100U);
}

TEST(Quotable, is_on_one_line_and_has_no_control_characters) {
    EXPECT_EQ(quotable("550-no such user\r\n550 \t try \x1b[2Jothers\n\n"),
              "550-no such user 550 \\t try \\x1b[2Jothers");
    EXPECT_EQ(quotable(""), "");
}

}  // namespace ndr
