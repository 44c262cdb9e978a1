#include "ndr_triage/base/text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace ndr {

namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

std::string random_octets(std::mt19937& random, std::size_t size) {
    // Mostly UTF-8 lead and continuation octets, so that right and wrong sequences both occur.
    constexpr auto pieces =
        "a \n\0\x1b\x7f\x80\xbf\xc2\xa9\xe2\x80\xae\xed\xa0\xf0\x9f\x98\x80\xff"sv;
    std::uniform_int_distribution<std::size_t> pick(0, pieces.size() - 1);
    std::string result(size, '\0');
    std::generate(result.begin(), result.end(), [&] { return pieces[pick(random)]; });
    return result;
}

TEST(Text, trims_ascii_blanks_at_both_ends) {
    EXPECT_EQ(trimmed(" \t\r\n\v\fa b\n "), "a b");
    EXPECT_EQ(trimmed(" \n "), "");
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed("\u00a0x"), "\u00a0x");  // not ASCII
}

TEST(Text, lowers_ascii_letters_only) {
    EXPECT_EQ(ascii_lower("AZ@[`az{\u00c9"), "az@[`az{\u00c9");
}

TEST(Text, compares_ascii_letters_of_any_case) {
    EXPECT_TRUE(ascii_iequals("Message-ID", "message-id"));
    EXPECT_FALSE(ascii_iequals("message-id", "message-ids"));
    EXPECT_FALSE(ascii_iequals("@", "`"));  // 0x40 and 0x60, like A and a
    EXPECT_TRUE(ascii_istarts_with("SMTP; 550", "smtp;"));
    EXPECT_FALSE(ascii_istarts_with("SMT", "smtp"));
    EXPECT_TRUE(ascii_istarts_with("x", ""));
}

TEST(Text, finds_a_lower_case_needle) {
    EXPECT_EQ(ascii_ifind("x BOUNDARY=y", "boundary="), 2U);
    EXPECT_EQ(ascii_ifind("abab", "ab", 1), 2U);
    EXPECT_EQ(ascii_ifind("abab", "ab", 3), std::string_view::npos);
    EXPECT_EQ(ascii_ifind("ab", "abc"), std::string_view::npos);
    EXPECT_EQ(ascii_ifind("ab", "a", 7), std::string_view::npos);
}

TEST(Text, splits) {
    EXPECT_EQ(split("a,,b,", ','), (std::vector{"a"sv, ""sv, "b"sv, ""sv}));
    EXPECT_EQ(split("", ','), (std::vector{""sv}));
}

TEST(Text, gives_the_lines_of_a_table_that_say_something) {
    const auto lines = table_lines("# head\r\n\n a b \n\t# no\nc # d\r\n");
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].number, 3U);
    EXPECT_EQ(lines[0].text, "a b");
    EXPECT_TRUE(lines[0].is_indented);
    EXPECT_EQ(lines[1].number, 5U);
    EXPECT_EQ(lines[1].text, "c # d");
    EXPECT_FALSE(lines[1].is_indented);
    EXPECT_TRUE(table_lines("").empty());
}

TEST(Text, splits_lines_without_inventing_a_last_one) {
    EXPECT_EQ(split_lines("a\nb\n"), (std::vector{"a"sv, "b"sv}));
    EXPECT_EQ(split_lines("a\nb"), (std::vector{"a"sv, "b"sv}));
    EXPECT_EQ(split_lines("a\n\n"), (std::vector{"a"sv, ""sv}));
    EXPECT_TRUE(split_lines("").empty());
}

TEST(Text, joins) {
    EXPECT_EQ(counted(0, "fault"), "0 faults");
    EXPECT_EQ(counted(1, "fault"), "1 fault");
    EXPECT_EQ(counted(1, "reply", "replies"), "1 reply");
    EXPECT_EQ(counted(2, "reply", "replies"), "2 replies");
    EXPECT_EQ(joined({"a", "b", "c"}, ", "), "a, b, c");
    EXPECT_EQ(joined({"a"}, ", "), "a");
    EXPECT_EQ(joined({}, ", "), "");
}

TEST(Text, reads_decimal_numbers) {
    EXPECT_EQ(parse_number("0"), 0);
    EXPECT_EQ(parse_number("421"), 421);
    EXPECT_EQ(parse_number("9223372036854775807"), 9223372036854775807);
    for (const auto text :
         {""sv, "-1"sv, "+1"sv, " 1"sv, "1 "sv, "1x"sv, "0x10"sv, "9223372036854775808"sv})
        EXPECT_EQ(parse_number(text), std::nullopt) << text;
}

TEST(Utf8, tells_right_from_wrong_sequences) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("\u00e9\u90ae\U0001f600"));
    EXPECT_FALSE(is_utf8("\xe9"sv));              // Latin-1
    EXPECT_FALSE(is_utf8("\xc0\xaf"sv));          // overlong (RFC 3629 section 10)
    EXPECT_FALSE(is_utf8("\xed\xa0\x80"sv));      // a surrogate
    EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"sv));  // beyond U+10FFFF
    EXPECT_FALSE(is_utf8("\xe9\x82"sv));          // cut
}

TEST(Utf8, tells_ascii) {
    EXPECT_TRUE(is_ascii(""));
    EXPECT_TRUE(is_ascii("\x01~\x7f"sv));
    EXPECT_FALSE(is_ascii("a\x80"sv));
}

TEST(Utf8, wrong_octets_and_nul_become_replacement_characters) {
    EXPECT_EQ(utf8_only("caf\xe9!"sv), "caf\ufffd!");
    EXPECT_EQ(utf8_only("a\0b"sv),
              "a\ufffd"
              "b");
    EXPECT_EQ(utf8_only("\u90ae\xff\u7bb1"), "\u90ae\ufffd\u7bb1");
    EXPECT_EQ(utf8_only("right"), "right");
    EXPECT_EQ(utf8_only(""), "");
}

TEST(Utf8, whatever_comes_in_utf8_comes_out) {
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 200; ++size)
        ASSERT_TRUE(is_utf8(utf8_only(random_octets(random, size))));
}

TEST(Utf8, is_cut_between_characters) {
    EXPECT_EQ(cut("\u90ae\u7bb1", 6), "\u90ae\u7bb1");
    EXPECT_EQ(cut("\u90ae\u7bb1", 5), "\u90ae");
    EXPECT_EQ(cut("\u90ae\u7bb1", 4), "\u90ae");
    EXPECT_EQ(cut("\u90ae\u7bb1", 3), "\u90ae");
    EXPECT_EQ(cut("\u90ae\u7bb1", 2), "");
    EXPECT_EQ(cut("abc", 2), "ab");
    EXPECT_EQ(cut("abc", 0), "");
}

TEST(Columns, count_what_a_terminal_needs) {
    EXPECT_EQ(columns(""), 0U);
    EXPECT_EQ(columns("abc"), 3U);
    EXPECT_EQ(columns("\u00e9"), 1U);
    EXPECT_EQ(columns("e\u0301"), 1U);       // a combining accent takes none
    EXPECT_EQ(columns("\u90ae\u7bb1"), 4U);  // Han: two each
    EXPECT_EQ(columns("\uff21"), 2U);        // a full-width A
    EXPECT_EQ(columns("\xff"), 1U);          // shown as U+FFFD
}

TEST(Printable, leaves_plain_text_of_any_language_alone) {
    const std::string text = "550 5.2.2 \u90ae\u7bb1\u5df2\u6ee1, bo\u00eete pleine, \U0001f4ea";
    EXPECT_EQ(printable(text), text);
    EXPECT_EQ(printable(""), "");
}

TEST(Printable, keeps_everything_on_one_line) {
    EXPECT_EQ(printable("a\nb\r\n\tc"), "a\\nb\\r\\n\\tc");
    EXPECT_EQ(printable("a\u2028b\u2029c\u0085"), "a\\u2028b\\u2029c\\u0085");
    EXPECT_EQ(printable("\v\f"), "\\x0b\\x0c");
}

TEST(Printable, disarms_terminal_escapes) {
    EXPECT_EQ(printable("\x1b[2J\x07\x7f"), "\\x1b[2J\\x07\\x7f");
    EXPECT_EQ(printable("\u009b31m"), "\\u009b31m");  // the 8-bit form of ESC [
    EXPECT_EQ(printable("a\0b"sv), "a\\x00b");
}

TEST(Printable, shows_direction_marks_and_invisible_characters) {
    EXPECT_EQ(printable("\u202egnp.exe\u202c"), "\\u202egnp.exe\\u202c");
    EXPECT_EQ(printable("\u2066x\u2069\u200f\u061c"), "\\u2066x\\u2069\\u200f\\u061c");
    EXPECT_EQ(printable("pay\u200bpal\u00ad\ufeff"), "pay\\u200bpal\\u00ad\\ufeff");
}

TEST(Printable, shows_octets_that_are_no_utf8) {
    EXPECT_EQ(printable("caf\xe9"sv), "caf\\xe9");
    EXPECT_EQ(printable("\xc0\xaf"sv), "\\xc0\\xaf");
    EXPECT_EQ(printable("\xed\xa0\x80"sv), "\\xed\\xa0\\x80");
    EXPECT_EQ(printable("\xe9\x82"sv), "\\xe9\\x82");
}

TEST(Printable, cuts_what_is_too_long_and_says_so) {
    EXPECT_EQ(printable("abcdef", 6), "abcdef");
    EXPECT_EQ(printable("abcdefg", 6), "abcdef...");
    EXPECT_EQ(printable("abcd\n", 6), "abcd\\n");
    EXPECT_EQ(printable(std::string(1000, 'x')), std::string(300, 'x') + "...");
}

TEST(Printable, never_cuts_inside_a_character_or_an_escape_nor_exceeds_the_limit) {
    EXPECT_EQ(printable("aa\u90ae", 4), "aa...");
    EXPECT_EQ(printable("aaa\x1bz", 5), "aaa...");
    EXPECT_EQ(printable("abcde\n", 6), "abcde...");
}

TEST(Printable, of_anything_is_one_line_of_visible_utf8_within_the_limit) {
    std::mt19937 random(2);
    for (std::size_t size = 0; size < 400; ++size) {
        const auto text = printable(random_octets(random, size), 50);
        ASSERT_TRUE(is_utf8(text)) << text;
        ASSERT_LE(text.size(), 53U);
        ASSERT_TRUE(std::none_of(text.begin(), text.end(), [](unsigned char c) {
            return c < 0x20 || c == 0x7f;
        })) << text;
        ASSERT_EQ(text.find("\u202e"), std::string::npos);
    }
}

}  // namespace

}  // namespace ndr
