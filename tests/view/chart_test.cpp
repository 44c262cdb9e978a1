#include "../../src/view/chart.hpp"

#include <gtest/gtest.h>
#include "support/words.hpp"

namespace ndr {

namespace {

Chart sample() {
    return {"sample",
            "A <title>",
            "What \"it\" shows",
            {{"good ones", "good"}, {"bad ones", "bad"}},
            {{"2026-11-20", {3, 1}}, {"2026-11-21", {0, 0}}, {"<b>", {0, 7}}}};
}

std::size_t count(const std::string& text, const std::string& what) {
    std::size_t found = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++found;
    return found;
}

using support::holds;

}  // namespace

TEST(Charts, say_what_they_are_and_escape_it) {
    for (const auto& svg : {column_chart(sample()), bar_chart(sample())}) {
        EXPECT_TRUE(holds(svg, "role=\"img\" aria-labelledby=\"sample-title sample-desc\""));
        EXPECT_TRUE(holds(svg, "<title id=\"sample-title\">A &lt;title&gt;</title>"));
        EXPECT_TRUE(holds(svg, "<desc id=\"sample-desc\">What &quot;it&quot; shows</desc>"));
        EXPECT_TRUE(holds(svg, "<title>2026-11-20: 3 good ones</title>"));
        EXPECT_TRUE(holds(svg, "<title>&lt;b&gt;: 7 bad ones</title>"));
        EXPECT_FALSE(holds(svg, "<b>"));
    }
}

// Seven is the highest column: lines at 0, 2, 4, 6 and 8, 8 at the top (12) and 0 at 204.
TEST(Charts, in_columns_stand_on_one_another_up_to_their_sum) {
    const std::string svg = column_chart(sample());
    EXPECT_EQ(count(svg, "<rect"), 3U);  // nothing is drawn for nothing
    EXPECT_EQ(count(svg, "class=\"grid\""), 5U);
    EXPECT_TRUE(holds(svg, "y=\"132.0\" width=\"40.0\" height=\"72.0\"><title>2026-11-20: 3"));
    EXPECT_TRUE(holds(svg, "y=\"108.0\" width=\"40.0\" height=\"24.0\"><title>2026-11-20: 1"));
    EXPECT_TRUE(holds(svg, "y=\"36.0\" width=\"40.0\" height=\"168.0\"><title>&lt;b&gt;: 7"));
}

// 330 units for seven.
TEST(Charts, in_bars_are_as_long_as_their_counts) {
    const std::string svg = bar_chart(sample());
    EXPECT_EQ(count(svg, "<rect"), 3U);
    EXPECT_TRUE(holds(svg, "width=\"330.0\" height=\"12.0\"><title>&lt;b&gt;: 7"));
    EXPECT_TRUE(holds(svg, "width=\"141.4\" height=\"12.0\"><title>2026-11-20: 3"));
    EXPECT_TRUE(holds(svg, ">7</text>"));
}

TEST(Charts, of_many_bars_label_few_of_them) {
    Chart chart = sample();
    chart.bars.assign(121, {"2026-11-20", {1, 1}});
    EXPECT_LE(count(column_chart(chart), "text-anchor=\"middle\""), 6U);
    chart.bars.clear();
    EXPECT_TRUE(column_chart(chart).ends_with("</svg>\n"));
    EXPECT_TRUE(bar_chart(chart).ends_with("</svg>\n"));
}

TEST(Charts, cut_a_long_name_between_characters) {
    Chart chart = sample();
    chart.bars = {{"東京東京東京東京東京", {1, 1}}};
    EXPECT_TRUE(holds(bar_chart(chart), ">東京東京東京東京...</text>"));
    EXPECT_TRUE(holds(bar_chart(chart), "<title>東京東京東京東京東京: 1 good ones</title>"));
}

TEST(Charts, tell_what_the_colours_mean) {
    EXPECT_EQ(legend_of(sample()),
              "<ul class=\"legend\"><li><span class=\"swatch good\"></span>good ones</li>"
              "<li><span class=\"swatch bad\"></span>bad ones</li></ul>\n");
}

}  // namespace ndr
