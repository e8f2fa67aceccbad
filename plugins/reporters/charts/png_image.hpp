// A drawing as PNG, painted by cairo where that was found when this was built.
//
//   if (png_is_available()) file.write(png_bytes(lay_out(chart), 2));
//
// Throws std::runtime_error where cairo cannot. One thread.
#pragma once

#include "charts/display.hpp"

#include <string>
#include <string_view>

namespace charts_reporter {

inline constexpr std::string_view kNoPng =
    "png: unavailable, install libcairo2-dev and rebuild; SVG written";

[[nodiscard]] bool png_is_available() noexcept;

// `scale`: pixels of the picture for each of the drawing.
[[nodiscard]] std::string png_bytes(const assay::charts::Drawing& drawing, double scale);

} // namespace charts_reporter
