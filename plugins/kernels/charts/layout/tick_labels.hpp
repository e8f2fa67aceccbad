// Which ticks of an axis are labelled, and where: as many as stand beside each other.
//
//   std::vector<AxisLabel> labels = bottom_labels(ticks, frame.x, plot, width);
//
// Pure.
#pragma once

#include "charts/layout/frame.hpp"

namespace assay::charts {

// Of a category axis: a tick for every name.
[[nodiscard]] Ticks category_ticks(const Axis& axis);

[[nodiscard]] Ticks ticks_of(const Axis& axis, Range range, double pixels, bool is_x);

// Room that labels at the left take, without the gap to the plot.
[[nodiscard]] double left_width(const Axis& axis, const Ticks& ticks, double widest);

[[nodiscard]] std::vector<AxisLabel> left_labels(
    const Axis& axis, const Ticks& ticks, const AxisMapping& y, const Box& plot, double widest);

[[nodiscard]] std::vector<AxisLabel> bottom_labels(
    const Axis& axis, const Ticks& ticks, const AxisMapping& x, const Box& plot, double width);

} // namespace assay::charts
