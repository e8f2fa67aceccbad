#include "charts/layout/axis_mapping.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::charts {
namespace {

constexpr double kOutside = 20'000; // pixels beyond the axis: far enough for what is clipped

} // namespace

AxisMapping::AxisMapping(Scale scale, Range range, double from_pixel, double to_pixel) noexcept
    : scale_(scale)
    , range_(range)
    , from_(from_pixel)
    , to_(to_pixel) {}

double AxisMapping::linear(double value) const noexcept {
    return scale_ == Scale::log ? std::log10(value) : value;
}

double AxisMapping::at(double value) const noexcept {
    if (!std::isfinite(value) || (scale_ == Scale::log && value <= 0)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const double low = linear(range_.low);
    const double share = (linear(value) - low) / (linear(range_.high) - low);
    const double pixel = from_ + share * (to_ - from_);
    return std::clamp(pixel, std::min(from_, to_) - kOutside, std::max(from_, to_) + kOutside);
}

double AxisMapping::step() const noexcept {
    return std::abs(to_ - from_) / (range_.high - range_.low);
}

} // namespace assay::charts
