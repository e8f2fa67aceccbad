// The data of a chart as lines, areas and signs.
//
//   std::vector<Item> items = drawn_series(chart, frame);
//
// What is no number, or has no place on its axis, is a gap: no line goes through it. Pure.
#pragma once

#include "charts/layout/frame.hpp"

namespace assay::charts {

[[nodiscard]] std::vector<Item> drawn_series(const Chart& chart, const Frame& frame);

} // namespace assay::charts
