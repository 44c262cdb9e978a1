// view/chart.hpp -- figures drawn as SVG, for a page of HTML.
//
// A chart says what it is in its title and description (role img), and each bar its figure in a
// title. Colours are the page's: the class of a bar is "bar" and the style of its series. The
// caller's words are escaped here. Counts must not be negative.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ndr {

struct ChartSeries {
    std::string name;
    std::string style;  // a class
};
struct ChartBar {
    std::string label;
    std::vector<std::int64_t> counts;  // one for each series
};
struct Chart {
    std::string name;  // a word, unique on the page
    std::string title;
    std::string description;
    std::vector<ChartSeries> series;
    std::vector<ChartBar> bars;
};

// A column for each bar, its counts on top of one another: for what goes on in time.
std::string column_chart(const Chart& chart);
// For each bar a line for each of its counts, from left to right.
std::string bar_chart(const Chart& chart);
// What the colours mean.
std::string legend_of(const Chart& chart);

}  // namespace ndr
