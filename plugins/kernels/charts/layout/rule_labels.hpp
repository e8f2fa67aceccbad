// Where the names of rules stand: those of lines up and down above the plot, in rows, those of
// lines across at its right, each below the other.
//
//   RuleStrip strip = strip_above(chart, x, plot, width, title_width);
//   top += strip.rows * kLineHeight;
//
// Pure.
#pragma once

#include "charts/layout/frame.hpp"

namespace assay::charts {

struct RuleStrip {
    std::vector<AxisLabel> labels; // y counts rows upwards from the plot: 0, 1, 2
    std::size_t rows = 0;
    std::size_t left_out = 0;
};

// `taken`: pixels at the left of the lowest row that belong to the title of the axis.
[[nodiscard]] RuleStrip
strip_above(const Chart& chart, const AxisMapping& x, double width, double taken);

// Room for the names at the right.
[[nodiscard]] double right_width(const Chart& chart, const AxisMapping& y, double widest);

[[nodiscard]] std::vector<AxisLabel>
labels_at_right(const Chart& chart, const AxisMapping& y, const Box& plot, double widest);

} // namespace assay::charts
