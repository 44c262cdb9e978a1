#include "../../src/mail/html.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

std::string text_of(std::string_view html) {
    return text_of_html(html, 100'000);
}
// Its lines, empty ones aside.
std::vector<std::string> lines_of(std::string_view html) {
    const auto text = text_of(html);
    std::vector<std::string> lines;
    for (const auto line : split_lines(text)) {
        if (!line.empty()) lines.emplace_back(line);
    }
    return lines;
}

TEST(Html, is_the_text_a_reader_sees) {
    EXPECT_EQ(text_of("<html><body><p>The mailbox is <b>full</b>.</p></body></html>"),
              "The mailbox is full.\n");
    EXPECT_EQ(text_of("no markup at all"), "no markup at all\n");
    EXPECT_EQ(text_of(""), "");
}

TEST(Html, inline_elements_do_not_part_words) {
    EXPECT_EQ(text_of("over<i>quo</i><span>ta</span>"), "overquota\n");
}

TEST(Html, blocks_and_line_breaks_begin_lines) {
    EXPECT_EQ(lines_of("<h1>Sorry</h1>one<br>two<div>three</div><ul><li>four</li></ul>"),
              (std::vector<std::string>{"Sorry", "one", "two", "three", "four"}));
}

TEST(Html, rows_are_lines_and_cells_stand_apart) {
    EXPECT_EQ(lines_of("<table><tr><td>Status</td><td>5.2.2</td></tr>"
                       "<tr><th>Reason</th><td>full</td></tr></table>"),
              (std::vector<std::string>{"Status 5.2.2", "Reason full"}));
}

TEST(Html, line_ends_of_the_source_are_blanks_except_in_pre) {
    EXPECT_EQ(text_of("<p>mailbox\nis\r\nfull</p>"), "mailbox is full\n");
    EXPECT_EQ(text_of("<pre>550 5.1.1\nno such user</pre>"), "550 5.1.1\nno such user\n");
}

TEST(Html, where_a_link_leads_stands_below_the_block_that_bears_it) {
    EXPECT_EQ(
        lines_of("<p>Please use <a href=\"https://example.net/abuse\">our<br>form</a> now.</p>"
                 "<p>Thank you.</p>"),
        (std::vector<std::string>{"Please use our", "form now.", "<https://example.net/abuse>",
                                  "Thank you."}));
    EXPECT_EQ(
        lines_of("<a href='HTTP://example.net/a'>a</a> <a href='https://example.net/b'>b</a>"),
        (std::vector<std::string>{"a b", "<HTTP://example.net/a>", "<https://example.net/b>"}));
}

TEST(Html, a_link_that_its_words_spell_or_that_is_no_page_is_left_out) {
    for (const char* href : {"https://example.net/abuse", "mailto:joe@example.net",
                             "javascript:alert(1)", "#top", "", "https://example.net/a b"}) {
        const auto html = std::string("<a href=\"") + href + "\">https://example.net/abuse</a>";
        EXPECT_EQ(text_of(html), "https://example.net/abuse\n") << href;
    }
    EXPECT_EQ(text_of("<a href='https://example.net/" + std::string(300, 'x') + "'>here</a>"),
              "here\n");
}

TEST(Html, no_more_than_twenty_links_are_kept) {
    std::string html;
    for (int i = 0; i < 100; ++i)
        html += "<p><a href='https://example.net/" + std::to_string(i) + "'>x</a></p>";
    EXPECT_EQ(lines_of(html).size(), 120U);
}

TEST(Html, entities_are_characters) {
    EXPECT_EQ(text_of("&lt;joe@example.net&gt; isn&#39;t &eacute; &#x90AE;"),
              "<joe@example.net> isn't \u00e9 \u90ae\n");
}

TEST(Html, what_is_not_displayed_is_left_out) {
    EXPECT_EQ(text_of("<head><title>t</title><style>p{}</style></head>"
                      "<body>a<script>document.write('x')</script>b<!-- comment --></body>"),
              "ab\n");
    EXPECT_EQ(text_of("a<span style=\"color:red; DISPLAY : none\">hidden</span>b"), "ab\n");
    EXPECT_EQ(text_of("a<span style='display:\n\tnone'>hidden</span>b"), "ab\n");
    EXPECT_EQ(text_of("a<div hidden>hidden</div>b"), "ab\n");
    EXPECT_EQ(text_of("a<template>hidden</template>b"), "ab\n");
    EXPECT_EQ(text_of("a<span style='display:inline'>shown</span>b"), "ashownb\n");
}

TEST(Html, broken_markup_still_gives_its_text) {
    EXPECT_EQ(lines_of("<p>full<b>er<p>than</i> full</table"),
              (std::vector<std::string>{"fuller", "than full"}));
    EXPECT_EQ(text_of("a < b & c"), "a < b & c\n");
}

TEST(Html, is_cut_between_characters_at_the_limit) {
    EXPECT_EQ(text_of_html("<p>abcdef</p>", 4), "abcd");
    const auto cut_text = text_of_html("\u90ae\u7bb1\u90ae", 7);
    EXPECT_EQ(cut_text, "\u90ae\u7bb1");
}

// gumbo alone would take minutes for these.
TEST(Html, nested_beyond_all_measure_keeps_its_text_and_takes_no_time) {
    for (const auto* tag : {"<div>", "<b>", "<table><tr><td>", "<font>", "<b></p>", "<svg><td>"}) {
        std::string html = "top ";
        while (html.size() < 200'000)
            html += tag;
        const auto text = text_of(html + "deep");
        EXPECT_NE(text.find("top"), std::string::npos) << tag;
        EXPECT_NE(text.find("deep"), std::string::npos) << tag;
    }
}

TEST(Html, a_tag_of_attributes_beyond_all_measure_is_passed_over) {
    std::string html = "top <a";
    for (int i = 0; i < 30'000; ++i)
        html += " a" + std::to_string(i) + "=1";
    EXPECT_EQ(text_of(html + ">link</a> end"), "top link end\n");
    EXPECT_EQ(text_of("a<img src=\"data:image/png;base64," + std::string(20'000, 'A') + "\">b"),
              "ab\n");
}

TEST(Html, many_elements_side_by_side_are_not_nested) {
    std::string html;
    std::string expected;
    for (int i = 0; i < 2000; ++i) {
        html += "<div><b>x</b><p>y</div>";
        expected += "xy";
    }
    std::string text;
    for (const auto& line : lines_of(html))
        text += line;
    EXPECT_EQ(text, expected);
    EXPECT_EQ(lines_of(html).size(), 4000U);
}

}  // namespace

}  // namespace ndr
