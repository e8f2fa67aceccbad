// Bars, intervals and the fields of a heat map.
//
//   draw_bars(items, bars, chart, frame);
//
// Pure, but for the list that grows.
#pragma once

#include "charts/layout/frame.hpp"

namespace assay::charts {

void draw_bars(std::vector<Item>& items, const Bars& bars, const Chart& chart, const Frame& frame);

// The figures at the ends of the bars.
void draw_bar_labels(std::vector<Item>& items,
                     const Bars& bars,
                     const Chart& chart,
                     const Frame& frame);

void draw_intervals(std::vector<Item>& items,
                    const Intervals& all,
                    const Chart& chart,
                    const Frame& frame);

void draw_cells(std::vector<Item>& items, const Cells& cells, const Frame& frame);

// What can be read on a field of that colour.
[[nodiscard]] Role text_role_on(Role ramp) noexcept;

} // namespace assay::charts
