#include "ndr_triage/base/secret.hpp"

#include <gtest/gtest.h>

namespace ndr {

// RFC 4231, test cases 1, 2 and 6.
TEST(Hmac, of_the_vectors_of_the_standard) {
    EXPECT_EQ(hexadecimal(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hexadecimal(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hexadecimal(hmac_sha256(std::string(131, '\xaa'),
                                      "Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(ConstantTime, tells_equal_from_unequal) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "xbc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
}

TEST(RandomOctets, come_in_the_number_asked_for_and_never_twice) {
    EXPECT_EQ(random_octets(0).size(), 0U);
    EXPECT_EQ(random_octets(32).size(), 32U);
    EXPECT_NE(random_octets(32), random_octets(32));
}

TEST(Hexadecimal, is_read_back_and_nothing_else_is) {
    EXPECT_EQ(hexadecimal(std::string_view("\x00\xff\x1a", 3)), "00ff1a");
    EXPECT_EQ(octets_of_hexadecimal("00FF1a"), std::string("\x00\xff\x1a", 3));
    EXPECT_EQ(octets_of_hexadecimal(""), "");
    EXPECT_FALSE(octets_of_hexadecimal("0"));
    EXPECT_FALSE(octets_of_hexadecimal("0g"));
}

}  // namespace ndr
