// How far an axis reaches: over all that is drawn along it, with some air, and over rules that are
// not too far away.
//
//   Extent extent = extent_of(chart, Along::y);
//   if (extent.values == 0) // nothing can be drawn
//
// Pure.
#pragma once

#include "charts/chart.hpp"
#include "charts/ticks.hpp"

namespace assay::charts {

struct Extent {
    Range range;
    std::size_t values = 0;      // that have a place
    std::size_t without_log = 0; // numbers that a logarithmic axis has no place for
};

[[nodiscard]] Extent extent_of(const Chart& chart, Along axis);

// Bars and intervals lie along x, because y has the categories.
[[nodiscard]] inline bool is_sideways(const Chart& chart) noexcept {
    return chart.y.scale == Scale::category;
}

} // namespace assay::charts
