#include "ndr_triage/mail/raw_message.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

constexpr SizeLimits small{1000, 100};  // read whole up to 1000 octets, else a head of 100

std::string message_of(std::size_t size) {
    std::string result = "Subject: x\n\n";
    for (std::size_t i = 0; result.size() < size; ++i)
        result += static_cast<char>('a' + i % 26);
    return result;
}

RawMessage fed(const std::string& octets, std::size_t piece) {
    RawMessageBuilder builder(small);
    for (std::size_t at = 0; at < octets.size(); at += piece)
        builder.feed(std::string_view(octets).substr(at, piece));
    return builder.finish();
}

TEST(RawMessage, holds_all_octets_up_to_the_limit) {
    const auto octets = message_of(1000);
    const auto message = raw_message(octets, small);
    EXPECT_EQ(message.octets, octets);
    EXPECT_EQ(message.size, 1000U);
    EXPECT_FALSE(message.is_oversized());
    EXPECT_EQ(message.digest, digest_of(octets));
}

TEST(RawMessage, of_one_octet_more_is_its_head_with_the_digest_of_the_whole) {
    const auto octets = message_of(1001);
    const auto message = raw_message(octets, small);
    EXPECT_EQ(message.octets, octets.substr(0, 100));
    EXPECT_EQ(message.size, 1001U);
    EXPECT_TRUE(message.is_oversized());
    EXPECT_EQ(message.digest, digest_of(octets));
}

TEST(RawMessage, does_not_depend_on_the_pieces_it_came_in) {
    for (const std::size_t size : {std::size_t{12}, std::size_t{999}, std::size_t{1000},
                                   std::size_t{1001}, std::size_t{5000}}) {
        const auto octets = message_of(size);
        const auto whole = raw_message(octets, small);
        for (const std::size_t piece : {1U, 7U, 99U, 100U, 101U, 1000U}) {
            const auto other = fed(octets, piece);
            EXPECT_EQ(other.octets, whole.octets) << size << ' ' << piece;
            EXPECT_EQ(other.size, whole.size);
            EXPECT_EQ(other.digest, whole.digest);
        }
    }
}

TEST(RawMessage, tells_two_oversized_ones_apart_that_differ_behind_the_head) {
    auto octets = message_of(5000);
    const auto one = raw_message(octets, small);
    octets.back() = '!';
    const auto other = raw_message(octets, small);
    EXPECT_EQ(one.octets, other.octets);
    EXPECT_NE(one.digest, other.digest);
}

TEST(RawMessage, says_while_it_is_collected_that_it_is_too_much) {
    RawMessageBuilder builder(small);
    builder.feed(std::string(1000, 'x'));
    EXPECT_FALSE(builder.is_oversized());
    builder.feed("x");
    EXPECT_TRUE(builder.is_oversized());
}

TEST(RawMessage, of_nothing_is_empty) {
    EXPECT_EQ(raw_message("").size, 0U);
    EXPECT_FALSE(raw_message("").is_oversized());
}

TEST(RawMessage, keeps_nul_octets) {
    const std::string octets("Subject: x\n\na\0b", 15);
    EXPECT_EQ(raw_message(octets).octets, octets);
}

}  // namespace

}  // namespace ndr
