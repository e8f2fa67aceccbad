#include "statistics/change_points/newest_value.hpp"

#include "statistics/fence.hpp"
#include "statistics/outliers.hpp"
#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace assay::statistics {
namespace {

constexpr std::size_t kRecent = 100;
constexpr double kZMax = 5;
constexpr double kTolerance = 1e-12; // a change of exactly the limit passes, however it is rounded

} // namespace

bool beyond_fence(std::span<const double> segment, double newest) {
    if (segment.empty() || segment.back() == 0) {
        return false;
    }
    const double fence = change_fence(segment).value_or(smallest_visible_change(segment, {}));
    return std::abs(newest / segment.back() - 1) > fence;
}

bool beyond_z_score(std::span<const double> segment, double newest) {
    const auto recent = segment.last(std::min(segment.size(), kRecent));
    const std::vector<std::size_t> outliers = find_outliers(recent).indices;
    std::vector<double> usual;
    for (std::size_t i = 0; i < recent.size(); ++i) {
        if (!std::ranges::binary_search(outliers, i)) {
            usual.push_back(recent[i]);
        }
    }
    if (usual.size() < 3) {
        return false; // two values have no spread to speak of
    }
    return std::abs(newest - mean(usual)) > kZMax * standard_deviation(usual);
}

bool beyond_threshold(double baseline, double newest, double limit) noexcept {
    return baseline != 0 && std::abs(newest - baseline) / std::abs(baseline) > limit + kTolerance;
}

} // namespace assay::statistics
