// The places of everything around the data: how much room titles, labels and the legend take, and
// what is left for the plot. Texts are measured first, so nothing is clipped and nothing overlaps.
//
//   Frame frame = frame_of(chart, {720, 280}, legend);
//   double pixel = frame.y.at(0.0003);
//
// Pure.
#pragma once

#include "charts/display.hpp"
#include "charts/layout/axis_mapping.hpp"
#include "charts/layout/extent.hpp"
#include "charts/layout/legend.hpp"

namespace assay::charts {

inline constexpr double kTitleSize = 13;
inline constexpr double kLineHeight = 14; // of labels below each other
inline constexpr double kMargin = 10;

struct AxisLabel {
    Place place;
    std::string text, full;
    Anchor anchor = Anchor::start;
    Role role = Role::dim;
};

struct Frame {
    Size size;
    Box plot;
    AxisMapping x, y;
    Ticks x_ticks, y_ticks;
    Extent x_extent, y_extent;
    std::vector<AxisLabel> labels; // of axes, ticks, rules
    double legend_top = 0;
    std::vector<std::string> notes;
    std::size_t unnamed_rules = 0; // their names have no room above the plot
    bool is_empty = false;         // nothing in it can be drawn
};

// The size is widened to the least that a chart needs.
[[nodiscard]] Frame frame_of(const Chart& chart, Size size, const Legend& legend);

// "median time (µs)".
[[nodiscard]] std::string axis_title(const Axis& axis, const Ticks& ticks);

// As large as is asked for, and not so small that nothing fits.
[[nodiscard]] Size held_size(Size size, bool bare) noexcept;

} // namespace assay::charts
