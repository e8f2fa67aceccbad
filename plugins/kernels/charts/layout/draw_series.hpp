// The data of a chart as lines, areas and signs.
//
//   DrawnSeries drawn = drawn_series(chart, frame);
//
// What is no number, or has no place on its axis, is a gap: no line goes through it. Pure.
#pragma once

#include "charts/layout/frame.hpp"

namespace assay::charts {

struct DrawnSeries {
    std::vector<Item> items;
    std::vector<Item> labels; // over everything else
};

[[nodiscard]] DrawnSeries drawn_series(const Chart& chart, const Frame& frame);

} // namespace assay::charts
