// Lays a chart out: from what it says to what stands where.
//
//   Drawing drawing = lay_out(chart, {720, 280});
//   std::string svg = svg_text(drawing);
//
// Labels are never clipped and never overlap: margins follow the measured texts, ticks are thinned,
// long names are cut in their middle and told in full where one points at them. A picture that is
// too small for its texts is made larger. The same chart gives the same drawing on every machine.
// Pure.
#pragma once

#include "charts/display.hpp"

namespace assay::charts {

[[nodiscard]] Drawing lay_out(const Chart& chart, Size size);

// In the size that suits it.
[[nodiscard]] inline Drawing lay_out(const Chart& chart) {
    return lay_out(chart, chart.size);
}

} // namespace assay::charts
