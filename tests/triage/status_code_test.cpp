#include "ndr_triage/triage/status_code.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ndr {

namespace {

std::string status_text(std::string_view field) {
    const auto status = parse_status(field);
    return status ? status->text() : "none";
}

// "552 5.2.2", "none 5.1.1"
std::string codes_text(std::string_view text) {
    const auto codes = find_codes(text);
    return (codes.reply_code ? std::to_string(*codes.reply_code) : "none") + " " +
           (codes.status ? codes.status->text() : "none");
}

TEST(ParseStatus, reads_the_three_numbers) {
    const auto status = parse_status("5.2.10");
    ASSERT_TRUE(status);
    EXPECT_EQ(status->code_class, 5);
    EXPECT_EQ(status->subject, 2);
    EXPECT_EQ(status->detail, 10);
}

TEST(ParseStatus, takes_every_class_of_rfc_3463) {
    EXPECT_EQ(status_text("2.1.5"), "2.1.5");
    EXPECT_EQ(status_text("4.4.7"), "4.4.7");
    EXPECT_EQ(status_text("5.7.133"), "5.7.133");
}

TEST(ParseStatus, passes_over_blanks_in_front_and_a_comment_behind) {
    EXPECT_EQ(status_text("  5.2.2 (mailbox full)"), "5.2.2");
    EXPECT_EQ(status_text("5.1.1\t"), "5.1.1");
    EXPECT_EQ(status_text("5.1.1;"), "5.1.1");
}

TEST(ParseStatus, refuses_what_is_no_status) {
    for (const char* field :
         {"", "5", "5.2", "5.2.", "5..2", "3.1.1", "1.0.0", "6.1.1", "15.1.1", "5.1.1.1", "5.1.1a",
          "5.1234.1", "5.1.1234", "5.x.1", "failed", "mailbox full (5.2.2)", "-5.1.1"})
        EXPECT_EQ(status_text(field), "none") << field;
}

TEST(EnhancedStatus, is_general_without_a_subject_or_detail) {
    EXPECT_TRUE((EnhancedStatus{5, 0, 0}).is_general());
    EXPECT_TRUE((EnhancedStatus{5, 1, 0}).is_general());
    EXPECT_FALSE((EnhancedStatus{5, 1, 1}).is_general());
}

TEST(FindCodes, reads_the_reply_of_a_host) {
    EXPECT_EQ(codes_text("host mx.example.net[192.0.2.25] said: 552 5.2.2 Over quota"),
              "552 5.2.2");
    EXPECT_EQ(codes_text("550-5.1.1 The account that you tried to reach"), "550 5.1.1");
    EXPECT_EQ(codes_text("554: delivery error"), "554 none");
    EXPECT_EQ(codes_text("Remote host said: 421"), "421 none");
    EXPECT_EQ(codes_text("(450 4.2.1)"), "450 4.2.1");
}

TEST(FindCodes, reads_an_enhanced_code_alone) {
    EXPECT_EQ(codes_text("Sorry, no mailbox here by that name. (#5.1.1)"), "none 5.1.1");
    EXPECT_EQ(codes_text("5.4.4 unable to route"), "none 5.4.4");
}

TEST(FindCodes, prefers_the_reply_code_that_an_enhanced_code_follows) {
    EXPECT_EQ(codes_text("554 delivery error: host said 552 5.2.2 over quota"), "552 5.2.2");
    EXPECT_EQ(codes_text("550 5.1.1 no; 552 5.2.2 over quota"), "550 5.1.1");
}

TEST(FindCodes, takes_else_the_first) {
    EXPECT_EQ(codes_text("550 unknown, then 554 failed"), "550 none");
}

TEST(FindCodes, knows_a_code_from_other_numbers) {
    for (const char* text :
         {"", "no code", "192.0.2.550", "connect to 198.51.100.5.1.1", "5.1.1.1 is an address",
          "joe550@example.net", "joe@550 x", "joe@5.1.1", "2026-10-12 08:14:02", "version 4.5.1.3",
          "mx5.2.1 answered", "queue id 4F550X", "/5.1.1/", "250 OK", "354 go ahead", "1550 octets",
          "5500 octets", "RFC 5321", "45.1.1"})
        EXPECT_EQ(codes_text(text), "none none") << text;
}

TEST(FindCodes, survives_the_end_of_the_text) {
    EXPECT_EQ(codes_text("550"), "550 none");
    EXPECT_EQ(codes_text("550 5"), "550 none");
    EXPECT_EQ(codes_text("550 5.1."), "550 none");
    EXPECT_EQ(codes_text("5.1"), "none none");
    EXPECT_EQ(codes_text("55"), "none none");
}

}  // namespace

}  // namespace ndr
