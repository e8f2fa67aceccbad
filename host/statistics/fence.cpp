#include "statistics/fence.hpp"

#include "statistics/distributions.hpp"
#include "statistics/robust_scale.hpp"
#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace assay::statistics {
namespace {

constexpr std::size_t kFencePoints = 100;
constexpr std::size_t kFenceChangesMin = 10;
constexpr double kPower = 0.8;

} // namespace

std::optional<double> change_fence(std::span<const double> segment) {
    const auto recent = segment.last(std::min(segment.size(), kFencePoints));
    std::vector<double> changes;
    for (std::size_t i = 1; i < recent.size(); ++i) {
        const double change = std::abs(recent[i] / recent[i - 1] - 1);
        if (std::isfinite(change)) {
            changes.push_back(change);
        }
    }
    if (changes.size() < kFenceChangesMin) {
        return std::nullopt;
    }
    std::ranges::sort(changes);
    const double q1 = quantile_sorted(changes, 0.25), q3 = quantile_sorted(changes, 0.75);
    return q3 + 3 * (q3 - q1);
}

double smallest_visible_change(std::span<const double> segment,
                               const VisibleChangeOptions& options) {
    const double centre = segment.empty() ? 0 : std::abs(median(segment));
    if (segment.size() < 2 || centre == 0 || options.new_runs == 0) {
        return std::numeric_limits<double>::infinity();
    }
    const auto n = static_cast<double>(segment.size());
    const auto m = static_cast<double>(options.new_runs);
    const double spread = std::max(scaled_mad(segment), options.spread_floor);
    const double degrees = std::max(1.0, (n - 1) * options.effective_share);
    const double reach = quantile_t(1 - options.alpha / 2, degrees) + quantile_t(kPower, degrees);
    return reach * spread * std::sqrt((1 / m + 1 / n) / options.effective_share) / centre;
}

} // namespace assay::statistics
