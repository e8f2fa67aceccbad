// From values of an axis to pixels.
//
//   AxisMapping y(Scale::log, {1e-6, 1e-3}, 200, 20);
//   double pixel = y.at(1e-4);      // no number: the value has no place on this axis
//
// Plain value.
#pragma once

#include "charts/chart.hpp"
#include "charts/ticks.hpp"

namespace assay::charts {

class AxisMapping {
public:
    AxisMapping() = default;
    AxisMapping(Scale scale, Range range, double from_pixel, double to_pixel) noexcept;

    [[nodiscard]] double at(double value) const noexcept;

    [[nodiscard]] bool contains(double value) const noexcept {
        return value >= range_.low && value <= range_.high;
    }

    [[nodiscard]] Range range() const noexcept { return range_; }

    // Pixels between two categories, or values that differ by one.
    [[nodiscard]] double step() const noexcept;

private:
    [[nodiscard]] double linear(double value) const noexcept;

    Scale scale_ = Scale::linear;
    Range range_;
    double from_ = 0, to_ = 1;
};

} // namespace assay::charts
