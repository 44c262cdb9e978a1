#include "ndr_triage/base/base32.hpp"

#include <gtest/gtest.h>

namespace ndr {

// RFC 4648 section 10, in lower case and without padding.
TEST(Base32, writes_the_vectors_of_the_standard) {
    EXPECT_EQ(base32(""), "");
    EXPECT_EQ(base32("f"), "my");
    EXPECT_EQ(base32("fo"), "mzxq");
    EXPECT_EQ(base32("foo"), "mzxw6");
    EXPECT_EQ(base32("foob"), "mzxw6yq");
    EXPECT_EQ(base32("fooba"), "mzxw6ytb");
    EXPECT_EQ(base32("foobar"), "mzxw6ytboi");
}

TEST(Base32, writes_numbers_in_as_many_letters_as_asked_for) {
    EXPECT_EQ(base32_number(0, 2), "aa");
    EXPECT_EQ(base32_number(31, 2), "a7");
    EXPECT_EQ(base32_number(32, 2), "ba");
    EXPECT_EQ(base32_number((std::uint64_t{1} << 40U) - 1, 8), "77777777");
}

TEST(Base32, reads_numbers_back_in_either_case) {
    EXPECT_EQ(parse_base32_number("ba"), 32U);
    EXPECT_EQ(parse_base32_number("A7"), 31U);
    EXPECT_EQ(parse_base32_number(base32_number(123456789, 8)), 123456789U);
}

TEST(Base32, reads_nothing_else) {
    EXPECT_FALSE(parse_base32_number(""));
    EXPECT_FALSE(parse_base32_number("a1"));  // 0, 1, 8 and 9 are no letters
    EXPECT_FALSE(parse_base32_number("a b"));
    EXPECT_FALSE(parse_base32_number("aaaaaaaaaaaaa"));
    EXPECT_TRUE(is_base32("aZ27"));
    EXPECT_FALSE(is_base32("a8"));
    EXPECT_FALSE(is_base32("\xc3\xa4"));
}

}  // namespace ndr
