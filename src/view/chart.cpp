#include "chart.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "markup.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// Units of the drawing, which is as wide as the page lets it.
constexpr double width = 560;

std::string opening(const Chart& chart, double height) {
    return fmt::format(
        "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}-title {}-desc\">\n"
        "<title id=\"{}-title\">{}</title>\n<desc id=\"{}-desc\">{}</desc>\n",
        width, height, chart.name, chart.name, chart.name, escaped(chart.title), chart.name,
        escaped(chart.description));
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view words) {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", x, y,
                       anchor, escaped(words));
}

std::string line(double x1, double y1, double x2, double y2) {
    return fmt::format(
        "<line class=\"grid\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>\n", x1, y1,
        x2, y2);
}

struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

std::string bar(const Box& box, const Chart& chart, const ChartBar& bar, std::size_t series) {
    return fmt::format(
        "<rect class=\"bar {}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\">"
        "<title>{}: {} {}</title></rect>\n",
        escaped(chart.series[series].style), box.x, box.y, box.width, box.height,
        escaped(bar.label), bar.counts[series], escaped(chart.series[series].name));
}

std::int64_t sum_of(const ChartBar& bar) {
    return std::accumulate(bar.counts.begin(), bar.counts.end(), std::int64_t{0});
}

template <typename Measure>
std::int64_t largest(const Chart& chart, Measure measure) {
    std::int64_t most = 1;
    for (const auto& bar : chart.bars)
        most = std::max(most, measure(bar));
    return most;
}

// The distance of grid lines: 1, 2 or 5 times a power of ten, so that five of them are enough.
std::int64_t grid_step(std::int64_t most) {
    constexpr std::int64_t most_lines = 5;
    for (std::int64_t power = 1;; power *= 10) {
        for (const std::int64_t factor : {1, 2, 5}) {
            if (most <= power * factor * most_lines) return power * factor;
        }
    }
}

// At most `limit` octets of a name.
std::string shortened(const std::string& name, std::size_t limit) {
    std::string shown = utf8_only(name);
    if (shown.size() <= limit) return shown;
    return std::string(cut(shown, limit)) + "...";
}

}  // namespace

std::string column_chart(const Chart& chart) {
    constexpr double height = 230;
    constexpr Box plot{44, 12, width - 44 - 30, height - 12 - 26};
    constexpr std::size_t most_labels = 6;
    const std::int64_t step = grid_step(largest(chart, sum_of));
    const std::int64_t top = (largest(chart, sum_of) + step - 1) / step * step;
    const auto y_of = [&](std::int64_t count) {
        return plot.y + plot.height -
               plot.height * static_cast<double>(count) / static_cast<double>(top);
    };
    std::string svg = opening(chart, height);
    for (std::int64_t count = 0; count <= top; count += step) {
        svg += line(plot.x, y_of(count), plot.x + plot.width, y_of(count));
        svg += text_at(plot.x - 6, y_of(count) + 4, "end", std::to_string(count));
    }
    const double pitch =
        plot.width / static_cast<double>(std::max<std::size_t>(chart.bars.size(), 1));
    const double thickness = std::min(pitch * 0.8, 40.0);
    const std::size_t stride = (chart.bars.size() + most_labels - 1) / most_labels;
    for (std::size_t i = 0; i < chart.bars.size(); ++i) {
        const ChartBar& column = chart.bars[i];
        const double middle = plot.x + pitch * (static_cast<double>(i) + 0.5);
        std::int64_t below = 0;
        for (std::size_t series = 0; series < chart.series.size(); ++series) {
            const std::int64_t count = column.counts[series];
            if (count == 0) continue;
            const double upper = y_of(below + count);
            svg += bar({middle - thickness / 2, upper, thickness, y_of(below) - upper}, chart,
                       column, series);
            below += count;
        }
        if (i % stride == 0) svg += text_at(middle, height - 8, "middle", column.label);
    }
    return svg + "</svg>\n";
}

std::string bar_chart(const Chart& chart) {
    constexpr double thickness = 13;
    constexpr double gap = 10;
    constexpr double left = 180;
    constexpr double right = 50;
    constexpr std::size_t most_octets = 24;
    const auto most_of = [](const ChartBar& bar) {
        return *std::max_element(bar.counts.begin(), bar.counts.end());
    };
    const double unit = (width - left - right) / static_cast<double>(largest(chart, most_of));
    const double pitch = thickness * static_cast<double>(chart.series.size()) + gap;
    const double height = pitch * static_cast<double>(chart.bars.size()) + gap;
    std::string svg = opening(chart, height);
    double y = gap;
    for (const auto& row : chart.bars) {
        svg +=
            text_at(left - 8, y + (pitch - gap) / 2 + 4, "end", shortened(row.label, most_octets));
        for (std::size_t series = 0; series < chart.series.size(); ++series) {
            const double length = unit * static_cast<double>(row.counts[series]);
            if (row.counts[series] > 0)
                svg += bar({left, y, std::max(length, 1.0), thickness - 1}, chart, row, series);
            svg += text_at(left + length + 6, y + thickness - 3, "start",
                           std::to_string(row.counts[series]));
            y += thickness;
        }
        y += gap;
    }
    return svg + line(left, 0, left, height) + "</svg>\n";
}

std::string legend_of(const Chart& chart) {
    std::string html = "<ul class=\"legend\">";
    for (const auto& series : chart.series)
        html += fmt::format("<li><span class=\"swatch {}\"></span>{}</li>", escaped(series.style),
                            escaped(series.name));
    return html + "</ul>\n";
}

}  // namespace ndr
