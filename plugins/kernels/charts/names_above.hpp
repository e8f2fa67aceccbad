// A chart of named rows for a narrow picture: each name stands above its row and has the whole
// width, where at the left of the rows it would be cut, or leave them no room.
//
//   svg_text(lay_out(with_names_above(chart), {320, chart.size.height}))
//
// A chart without names along y stays as it is. Pure.
#pragma once

#include "charts/chart.hpp"

namespace assay::charts {

// Its height grows with it.
[[nodiscard]] Chart with_names_above(Chart chart);

} // namespace assay::charts
