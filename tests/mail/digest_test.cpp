#include "ndr_triage/mail/digest.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ndr {

namespace {

const std::string bounce =
    "Return-Path: <>\n"
    "Received: from a.example.net by mx.example.org; Fri, 21 Nov 1997 10:01:10 -0600\n"
    "Delivered-To: complaints@example.org\n"
    "Message-ID: <1@mx.example.net>\n"
    "Date: Fri, 21 Nov 1997 09:55:06 -0600\n"
    "From: Mail Delivery System <mailer-daemon@mx.example.net>\n"
    "Subject: Undelivered mail\n"
    "\n"
    "Your message was not delivered.\n"
    "\n"
    "  Mailbox full\n";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), with);
}

std::string with_line_ends(const std::string& text, const std::string& end) {
    std::string result;
    for (const char c : text)
        result += c == '\n' ? end : std::string(1, c);
    return result;
}

std::string fed_in_pieces(const std::string& octets, std::size_t size) {
    DigestStream stream;
    for (std::size_t at = 0; at < octets.size(); at += size)
        stream.feed(std::string_view(octets).substr(at, size));
    return stream.finish();
}

// What makes two messages the same reply.
void expect_same(const std::string& other) {
    EXPECT_EQ(digest_of(other), digest_of(bounce));
}
void expect_different(const std::string& other) {
    EXPECT_NE(digest_of(other), digest_of(bounce));
}

TEST(Digest, is_sha_256_in_lower_case_hexadecimal) {
    const auto digest = digest_of(bounce);
    EXPECT_EQ(digest.size(), 64U);
    EXPECT_EQ(digest.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(Digest, does_not_depend_on_the_way_a_copy_took) {
    expect_same(replaced(bounce, "Return-Path: <>\n", ""));
    expect_same(replaced(bounce, "Delivered-To: complaints@example.org\n", ""));
    expect_same("Received: by another.example.org; Fri, 21 Nov 1997 10:02:00 -0600\n" + bounce);
    expect_same(replaced(bounce, "Subject:", "X-Spam-Status: No\nX-Folded: a\n b\nSubject:"));
    expect_same("From mailer-daemon Fri Nov 21 10:01:10 1997\n" + bounce);
    expect_same("\n" + bounce);
}

TEST(Digest, does_not_depend_on_line_ends_and_blank_lines_at_the_end) {
    expect_same(with_line_ends(bounce, "\r\n"));
    expect_same(with_line_ends(bounce, "\r"));
    expect_same(bounce + "\n\n\n");
    expect_same(bounce.substr(0, bounce.size() - 1));
    expect_same(with_line_ends(bounce + "\n", "\r\n"));
}

TEST(Digest, does_not_depend_on_order_case_and_folding_of_fields) {
    expect_same(replaced(bounce, "Subject:", "SUBJECT:"));
    expect_same(replaced(bounce, "Subject: Undelivered mail", "Subject: Undelivered\n mail"));
    expect_same(replaced(bounce, "Subject: Undelivered mail", "Subject:\n\tUndelivered mail"));
    const std::string id = "Message-ID: <1@mx.example.net>\n";
    expect_same(replaced(replaced(bounce, id, ""), "Return-Path", id + "Return-Path"));
}

TEST(Digest, each_counted_field_counts) {
    expect_different(replaced(bounce, "<1@mx.example.net>", "<2@mx.example.net>"));
    expect_different(replaced(bounce, "09:55:06", "09:55:07"));
    expect_different(replaced(bounce, "mailer-daemon@", "postmaster@"));
    expect_different(replaced(bounce, "Undelivered mail", "Undelivered mails"));
    expect_different(replaced(bounce, "Subject: Undelivered mail\n", ""));
}

TEST(Digest, a_value_counts_only_in_its_own_field) {
    EXPECT_NE(digest_of("Subject: a\n\nx"), digest_of("From: a\n\nx"));
    EXPECT_NE(digest_of("Subject-X: a\n\nx"), digest_of("Subject: a\n\nx"));
}

TEST(Digest, every_octet_of_the_body_counts) {
    expect_different(replaced(bounce, "Mailbox full", "Mailbox Full"));
    expect_different(replaced(bounce, "  Mailbox", " Mailbox"));
    expect_different(replaced(bounce, "delivered.\n\n", "delivered.\n"));
    expect_different(bounce + "x");
    expect_different(replaced(bounce, "\n\nYour", "\n\n\nYour"));
    expect_different(replaced(bounce, "Mailbox full", std::string("Mailbox\0full", 12)));
}

TEST(Digest, text_without_a_header_counts_whole) {
    EXPECT_NE(digest_of("hello\n"), digest_of("world\n"));
    EXPECT_NE(digest_of("hello"), digest_of("world"));
    EXPECT_EQ(digest_of("hello"), digest_of("hello\n"));
    EXPECT_NE(digest_of("Subject: a\nhello"), digest_of("Subject: a\nworld"));
    EXPECT_EQ(digest_of("Subject: a"), digest_of("Subject: a\n"));
    EXPECT_NE(digest_of(""), digest_of("x"));
}

TEST(Digest, of_pieces_is_that_of_the_whole) {
    for (const auto& text : {bounce, with_line_ends(bounce, "\r\n"), with_line_ends(bounce, "\r"),
                             std::string("no header\nat all"), bounce + "\n\n"}) {
        for (std::size_t size = 1; size < 40; ++size)
            ASSERT_EQ(fed_in_pieces(text, size), digest_of(text)) << size;
    }
}

TEST(Digest, of_pieces_is_that_of_the_whole_for_a_header_beyond_all_measure) {
    std::string huge;
    while (huge.size() < 3 * 1024 * 1024)
        huge += "X-Filler: " + std::string(60, 'x') + "\n";
    huge += bounce;
    const auto whole = digest_of(huge);
    EXPECT_EQ(fed_in_pieces(huge, 1000), whole);
    EXPECT_EQ(fed_in_pieces(huge, 64 * 1024), whole);
    EXPECT_EQ(fed_in_pieces(huge, 2 * 1024 * 1024), whole);
    EXPECT_NE(digest_of(replaced(huge, "Mailbox full", "Mailbox void")), whole);
}

TEST(Digest, of_one_line_without_an_end_is_that_of_its_pieces) {
    const std::string line(2 * 1024 * 1024, 'x');
    EXPECT_EQ(fed_in_pieces(line, 4096), digest_of(line));
    EXPECT_NE(digest_of(line), digest_of(line + "y"));
}

}  // namespace

}  // namespace ndr
