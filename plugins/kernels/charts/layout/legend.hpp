// Which sign means what: the named series and spans of a chart, in rows that fit its width.
//
//   const Legend legend = legend_of(chart, 700);
//   top += legend.height();
//
// Pure.
#pragma once

#include "charts/display.hpp"

#include <vector>

namespace assay::charts {

enum class Swatch : std::uint8_t { line, marked_line, dots, area, outline, tint, interval, ramp };

// Points of several series differ by shape, not by colour alone.
enum class Shape : std::uint8_t { circle, square, triangle, diamond };

struct LegendEntry {
    Swatch swatch = Swatch::line;
    Role role = Role::accent;
    Shape shape = Shape::circle;
    std::string name{}, full{}; // as it fits, and as it is
    double x = 0;
    std::size_t row = 0;
};

struct Legend {
    std::vector<LegendEntry> entries;
    std::size_t rows = 0;
    std::size_t left_out = 0; // entries beyond the last row

    [[nodiscard]] double height() const noexcept;
};

[[nodiscard]] Legend legend_of(const Chart& chart, double width);

[[nodiscard]] std::vector<Item> drawn(const Legend& legend, Place corner);

// The shape of the n-th series; circles where it is the only one that has points.
[[nodiscard]] Shape shape_of(const Chart& chart, std::size_t series) noexcept;

[[nodiscard]] Item marker(Place centre, double radius, Shape shape, Role role);

} // namespace assay::charts
