#include "charts/names_above.hpp"

#include <algorithm>

namespace assay::charts {
namespace {

constexpr double kLower = 0.22;    // of a row: as far stands what is drawn below its middle
constexpr double kHalfMost = 0.17; // of a row: half of a bar
constexpr double kNameHeight = 16; // pixels that a row grows by

// What stands in the middle of a row, lowered.
struct Lowered {
    void operator()(Bars& bars) const {
        for (Bar& bar : bars.bars) {
            const double middle = (bar.low + bar.high) / 2 + kLower;
            const double half = std::min((bar.high - bar.low) / 2, kHalfMost);
            bar.low = middle - half;
            bar.high = middle + half;
        }
    }

    void operator()(Intervals& all) const {
        for (Interval& one : all.intervals) {
            one.place += kLower;
        }
    }

    void operator()(Line& line) const { lower(line.points); }

    void operator()(Dots& dots) const { lower(dots.points); }

    void operator()(Band&) const {} // none is drawn across rows

    void operator()(Cells&) const {} // fields fill their rows

    static void lower(std::vector<Point>& points) {
        for (Point& point : points) {
            point.y += kLower;
        }
    }
};

} // namespace

Chart with_names_above(Chart chart) {
    const bool fills = std::ranges::any_of(
        chart.series, [](const Series& series) { return std::holds_alternative<Cells>(series); });
    if (chart.y.scale != Scale::category || fills) {
        return chart;
    }
    for (Series& series : chart.series) {
        std::visit(Lowered(), series);
    }
    chart.y.names_above = true;
    chart.size.height += kNameHeight * static_cast<double>(chart.y.categories.size());
    return chart;
}

} // namespace assay::charts
