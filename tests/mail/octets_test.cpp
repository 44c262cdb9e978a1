// Line ends and headers of raw octets (mail/message.hpp, src/mail/octets.cpp).
#include <gtest/gtest.h>

#include "ndr_triage/mail/message.hpp"

namespace ndr {

namespace {

using namespace std::string_view_literals;

TEST(LineEnds, of_all_three_systems_become_lf) {
    EXPECT_EQ(with_lf_line_ends("a: b\n\nc\n"), "a: b\n\nc\n");
    EXPECT_EQ(with_lf_line_ends("a: b\r\n\r\nc\r\n"), "a: b\n\nc\n");
    EXPECT_EQ(with_lf_line_ends("a: b\r\rc\r"), "a: b\n\nc\n");
    EXPECT_EQ(with_lf_line_ends(""), "");
}

TEST(LineEnds, a_carriage_return_within_a_line_is_none) {
    EXPECT_EQ(with_lf_line_ends("a: b\n\nc\rd\n"), "a: b\n\nc\rd\n");
    EXPECT_EQ(with_lf_line_ends("a: b\r\n\r\nc\rd\r\n"), "a: b\n\nc\rd\n");
}

TEST(LineEnds, other_octets_stay) {
    EXPECT_EQ(with_lf_line_ends("a\0\xff\r\n"sv), "a\0\xff\n"sv);
}

TEST(LineEnds, the_from_line_of_an_mbox_goes) {
    EXPECT_EQ(with_lf_line_ends("From joe Fri Nov 21 09:55:06 1997\na: b\n"), "a: b\n");
    EXPECT_EQ(with_lf_line_ends("From joe Fri Nov 21 09:55:06 1997\r\na: b\r\n"), "a: b\n");
    EXPECT_EQ(with_lf_line_ends("From joe Fri Nov 21 09:55:06 1997\ra: b\r"), "a: b\n");
    EXPECT_EQ(with_lf_line_ends(">From joe Fri Nov 21 09:55:06 1997\na: b\n"), "a: b\n");
    EXPECT_EQ(with_lf_line_ends("From: joe@example.net\n"), "From: joe@example.net\n");
    EXPECT_EQ(with_lf_line_ends("a: b\nFrom joe\n"), "a: b\nFrom joe\n");
}

TEST(BeginsWithHeader, is_true_for_a_field_on_the_first_line) {
    EXPECT_TRUE(begins_with_header("Subject: x\n\nbody\n"));
    EXPECT_TRUE(begins_with_header("X-Y_z: x"));
    EXPECT_TRUE(begins_with_header("Subject : x\n"));  // obsolete, RFC 5322 section 4.5
    EXPECT_TRUE(begins_with_header("Subject: x\r\n\r\n"));
    EXPECT_TRUE(begins_with_header("From joe Fri Nov 21 09:55:06 1997\nSubject: x\n"));
}

TEST(BeginsWithHeader, is_false_for_anything_else) {
    for (const auto octets :
         {""sv, "\n"sv, "hello"sv, "hello world: x\n"sv, ": x\n"sv, "hello\nSubject: x\n"sv,
          "\x7f"
          "ELF: x"sv,
          "Subject\0: x\n"sv, "caf\xe9: x\n"sv, "From joe Fri Nov 21 09:55:06 1997\n"sv})
        EXPECT_FALSE(begins_with_header(octets)) << octets;
    EXPECT_FALSE(begins_with_header(std::string(100'000, 'x') + ": y\n"));
}

}  // namespace

}  // namespace ndr
