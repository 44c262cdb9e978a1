// What one message may cost (MessageLimits of mail/message.hpp).
#include <gtest/gtest.h>

#include <algorithm>

#include "../../src/mail/bounded_fields.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/message.hpp"
#include "support/mail_set_up.hpp"

namespace ndr {

namespace {

std::string repeated(const std::string& text, std::size_t count) {
    std::string result;
    for (std::size_t i = 0; i < count; ++i)
        result += text;
    return result;
}

// Multiparts within each other, "deep" in the innermost.
std::string nested_multiparts(int levels) {
    std::string octets;
    for (int i = 0; i < levels; ++i) {
        const std::string boundary = "b" + std::to_string(i);
        octets +=
            "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
    }
    return octets + "\ndeep\n";
}

struct Tree {
    int depth = 0;
    std::size_t parts = 0;
    bool is_cut = false;
    std::string text;
};

void measure(const Part& part, int depth, Tree& tree) {
    tree.depth = std::max(tree.depth, depth);
    ++tree.parts;
    tree.is_cut = tree.is_cut || part.is_cut;
    tree.text += part.text;
    for (const auto& inner : part.parts)
        measure(inner, depth + 1, tree);
}

Tree tree_of(const std::string& octets, const MessageLimits& limits = {}) {
    Tree tree;
    measure(parse_message(octets, limits).body, 1, tree);
    return tree;
}

TEST(MessageLimits, nesting_within_the_limit_is_read) {
    const auto tree = tree_of(nested_multiparts(8));
    EXPECT_EQ(tree.depth, 9);
    EXPECT_FALSE(tree.is_cut);
    EXPECT_EQ(trimmed(tree.text), "deep");
}

TEST(MessageLimits, nesting_beyond_the_limit_is_cut_and_marked) {
    for (const int levels : {13, 100, 5000}) {
        const auto tree = tree_of(nested_multiparts(levels));
        EXPECT_LE(tree.depth, MessageLimits().depth + 1) << levels;
        EXPECT_TRUE(tree.is_cut) << levels;
        EXPECT_EQ(tree.text, "") << levels;
    }
}

TEST(MessageLimits, messages_within_messages_count_as_nesting) {
    const auto tree =
        tree_of(repeated("Content-Type: message/rfc822\n\n", 3000) + "Subject: x\n\ndeep\n");
    EXPECT_LE(tree.depth, MessageLimits().depth + 1);
    EXPECT_TRUE(tree.is_cut);
}

TEST(MessageLimits, encoded_messages_within_messages_count_as_nesting) {
    std::string octets = "Subject: x\n\ndeep\n";
    for (int i = 0; i < 20; ++i) {  // quoted-printable: '=' doubles each time, so none is used
        octets = "Content-Type: message/global\nContent-Transfer-Encoding: quoted-printable\n\n" +
                 octets;
    }
    const auto tree = tree_of(octets);
    EXPECT_LE(tree.depth, MessageLimits().depth + 1);
    EXPECT_TRUE(tree.is_cut);
}

TEST(MessageLimits, too_many_parts_are_left_out_and_marked) {
    MessageLimits limits;
    limits.parts = 10;
    const std::string head = "Content-Type: multipart/mixed; boundary=b\n\n";
    const auto all = tree_of(head + repeated("--b\n\nx\n", 9) + "--b--\n", limits);
    EXPECT_EQ(all.parts, 10U);  // the multipart is one
    EXPECT_FALSE(all.is_cut);
    const auto cut = tree_of(head + repeated("--b\n\nx\n", 500) + "--b--\n", limits);
    EXPECT_LE(cut.parts, 11U);
    EXPECT_TRUE(cut.is_cut);
}

TEST(MessageLimits, too_many_fields_are_left_out) {
    MessageLimits limits;
    limits.fields = 100;
    const auto message =
        parse_message("Subject: first\n" + repeated("X-A: b\n", 5000) + "\nbody\n", limits);
    EXPECT_EQ(message.header.fields().size(), 100U);
    EXPECT_EQ(message.header.value("Subject"), "first");
    EXPECT_EQ(message.body.text, "body\n");
}

TEST(MessageLimits, a_huge_field_is_cut_and_hides_nothing_behind_it) {
    for (const auto* name : {"Subject", "To", "X-Huge", "Date", "References"}) {
        const auto message = parse_message(std::string(name) + ": " + std::string(1'000'000, 'x') +
                                           "\nX-After: y\n\nbody\n");
        EXPECT_LE(message.header.value(name).size(), MessageLimits().field_octets) << name;
        EXPECT_GE(message.header.value(name).size(), 1000U) << name;
        EXPECT_EQ(message.header.value("X-After"), "y") << name;
        EXPECT_EQ(message.body.text, "body\n") << name;
    }
}

TEST(MessageLimits, a_huge_field_cut_within_a_character_stays_in_its_language) {
    const auto message = parse_message("Subject: x" + repeated("邮箱", 10'000) + "\n\n");
    const auto subject = std::string(message.header.value("Subject"));
    EXPECT_TRUE(subject.starts_with("x邮箱邮箱"));
    EXPECT_LE(std::count(subject.begin(), subject.end(), '\xef'), 2);  // of U+FFFD
}

// GMime reads address fields while it parses, one call deeper for each group.
TEST(MessageLimits, groups_in_an_address_field_do_not_use_up_the_stack) {
    for (const auto* name : {"To", "From", "cc", "Reply-To", "To "}) {
        const std::string bomb =
            std::string(name) + ": " + repeated("a:", 1'000'000) + "\n\nbody\n";
        EXPECT_EQ(parse_message(bomb).body.text, "body\n") << name;
        const auto inside = parse_message("Content-Type: message/rfc822\n\n" + bomb);
        ASSERT_EQ(inside.body.parts.size(), 1U) << name;
        EXPECT_EQ(inside.body.parts[0].text, "body\n") << name;
    }
}

TEST(MessageLimits, long_text_is_cut_and_marked) {
    MessageLimits limits;
    limits.text_octets = 1000;
    const auto exact = parse_message("Subject: x\n\n" + std::string(1000, 'x'), limits);
    EXPECT_EQ(exact.body.text.size(), 1000U);
    EXPECT_FALSE(exact.body.is_cut);
    const auto cut = parse_message("Subject: x\n\n" + std::string(1001, 'x'), limits);
    EXPECT_EQ(cut.body.text, std::string(1000, 'x'));
    EXPECT_TRUE(cut.body.is_cut);
}

TEST(MessageLimits, text_cut_within_a_character_stays_in_its_language) {
    MessageLimits limits;
    limits.text_octets = 100;  // 33 characters of three octets and one octet
    const auto message = parse_message(
        "Content-Type: text/plain; charset=utf-8\n\n" + repeated("满", 50) + "\n", limits);
    EXPECT_TRUE(message.body.text.starts_with(repeated("满", 33)));
    EXPECT_LE(message.body.text.size(), 102U);
}

TEST(MessageLimits, all_texts_together_are_bounded) {
    MessageLimits limits;
    limits.text_octets = 100;
    limits.all_text_octets = 250;
    const auto message =
        parse_message("Content-Type: multipart/mixed; boundary=b\n\n" +
                          repeated("--b\n\n" + std::string(100, 'x') + "\n", 5) + "--b--\n",
                      limits);
    ASSERT_EQ(message.body.parts.size(), 5U);
    EXPECT_EQ(message.body.parts[0].text.size(), 100U);
    EXPECT_EQ(message.body.parts[2].text.size(), 50U);
    EXPECT_TRUE(message.body.parts[2].is_cut);
    EXPECT_EQ(message.body.parts[4].text, "");
    EXPECT_TRUE(message.body.parts[4].is_cut);
}

TEST(MessageLimits, html_is_bounded_like_text) {
    MessageLimits limits;
    limits.text_octets = 1000;
    const auto message =
        parse_message("Content-Type: text/html\n\n" + repeated("<p>x", 1000), limits);
    EXPECT_LE(message.body.text.size(), 1000U);
    EXPECT_TRUE(message.body.is_cut);
}

TEST(MessageLimits, very_many_parameters_are_bounded) {
    const auto message =
        parse_message("Content-Type: text/plain" + repeated("; a=b", 100'000) + "\n\nbody\n");
    EXPECT_EQ(message.body.text, "body\n");
    EXPECT_LE(message.body.parameters.size(), 50U);
}

TEST(BoundedFields, leaves_an_ordinary_message_alone) {
    const std::string octets =
        "To: a@example.net,\n b@example.net\nX-Long: " + std::string(500, 'x') +
        "\n\nTo: whom it may concern\n";
    EXPECT_EQ(with_bounded_fields(octets, 100), octets);
    EXPECT_EQ(with_bounded_fields("", 100), "");
    EXPECT_EQ(with_bounded_fields("To: a", 5), "To: a");
}

TEST(BoundedFields, cuts_a_long_field_with_all_its_lines) {
    EXPECT_EQ(with_bounded_fields("A: b\nTO : " + repeated("x\n y", 50) + "\nB: c\n", 10),
              "A: b\nTO : x\n yx\nB: c\n");
    EXPECT_EQ(with_bounded_fields("To: xxx\n yyyy\nB: c\n", 8), "To: xxx\nB: c\n");
    EXPECT_EQ(with_bounded_fields("To: xxx\n yyyy\nB: c\n", 9), "To: xxx\nB: c\n");
    EXPECT_EQ(with_bounded_fields("cc: xxxxxxxxxx\nbcc: yyyyyyyyyy", 8), "cc: xxxx\nbcc: yyy\n");
}

}  // namespace

}  // namespace ndr
