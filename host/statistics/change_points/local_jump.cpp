#include "statistics/change_points/local_jump.hpp"

#include "statistics/robust_scale.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay::statistics {
namespace {

constexpr std::size_t kReach = 15;     // points of a line; more would not be straight
constexpr std::size_t kLinePoints = 5; // fewer leave too little to estimate the noise
constexpr std::size_t kSpikeReach = 2; // median of 5
constexpr double kSpikeSigmas = 6;

// A straight line by least squares, with what an error at a place needs.
struct Line {
    double count, centre, mean, slope, spread, residual; // sums of squares: spread, residual

    [[nodiscard]] double at(double x) const noexcept { return mean + slope * (x - centre); }

    // Of the fitted value at x, per unit of residual variance.
    [[nodiscard]] double leverage(double x) const noexcept {
        return 1 / count + (x - centre) * (x - centre) / spread;
    }
};

Line fit(std::span<const double> values, IndexRange range) {
    const auto count = static_cast<double>(range.size());
    Line line{count, static_cast<double>(range.first) + (count - 1) / 2, 0, 0, 0, 0};
    for (std::size_t i = range.first; i < range.end; ++i) {
        line.mean += values[i];
    }
    line.mean /= count;
    double products = 0, squares = 0;
    for (std::size_t i = range.first; i < range.end; ++i) {
        const double x = static_cast<double>(i) - line.centre, y = values[i] - line.mean;
        products += x * y;
        squares += y * y;
        line.spread += x * x;
    }
    line.slope = products / line.spread;
    line.residual = std::max(0.0, squares - line.slope * products);
    return line;
}

bool passes(const LocalJump& jump, const JumpLimits& limits) {
    const double height = std::abs(jump.height);
    return height > 0 && height >= limits.height_min &&
           height * std::sqrt(limits.effective_share) >= limits.error_min * jump.standard_error;
}

// Between the nearest accepted places around `place`.
IndexRange around(std::size_t place, const std::vector<std::size_t>& accepted, IndexRange within) {
    const auto next = std::ranges::upper_bound(accepted, place);
    return {next == accepted.begin() ? within.first : *(next - 1),
            next == accepted.end() ? within.end : *next};
}

} // namespace

LocalJump local_jump(std::span<const double> values, std::size_t place, IndexRange within) {
    const IndexRange left{place - std::min(kReach, place - within.first), place};
    const IndexRange right{place, std::min(place + kReach, within.end)};
    if (left.size() < kLinePoints || right.size() < kLinePoints) {
        return {};
    }
    const Line before = fit(values, left);
    const Line after = fit(values, right);
    const double x = static_cast<double>(place) - 0.5;
    const double variance = (before.residual + after.residual) / (before.count + after.count - 4);
    return {after.at(x) - before.at(x),
            std::sqrt(variance * (before.leverage(x) + after.leverage(x)))};
}

double typical_jump(std::span<const double> values) {
    std::vector<Line> lines; // from each place on: behind it, and before the place kReach later
    for (std::size_t place = 0; place + kLinePoints <= values.size(); ++place) {
        lines.push_back(fit(values, {place, std::min(place + kReach, values.size())}));
    }
    std::vector<double> heights;
    for (std::size_t place = kLinePoints; place < lines.size(); ++place) {
        const Line before = place < kReach ? fit(values, {0, place}) : lines[place - kReach];
        const double x = static_cast<double>(place) - 0.5;
        heights.push_back(lines[place].at(x) - before.at(x));
    }
    return heights.empty() ? 0 : scaled_mad(heights);
}

std::vector<std::size_t> choose_jumps(std::span<const double> values,
                                      std::span<const std::size_t> candidates,
                                      IndexRange within,
                                      const JumpLimits& limits) {
    std::vector<std::size_t> open(candidates.begin(), candidates.end());
    std::vector<std::size_t> accepted;
    while (true) {
        auto best = open.end();
        double height = 0;
        for (auto place = open.begin(); place != open.end(); ++place) {
            const LocalJump jump = local_jump(values, *place, around(*place, accepted, within));
            if (passes(jump, limits) && std::abs(jump.height) > height) {
                best = place;
                height = std::abs(jump.height);
            }
        }
        if (best == open.end()) {
            return accepted;
        }
        accepted.insert(std::ranges::upper_bound(accepted, *best), *best);
        open.erase(best);
    }
}

std::vector<double> despiked(std::span<const double> values) {
    std::vector<double> result(values.begin(), values.end());
    std::vector<double> differences;
    for (std::size_t i = 1; i < values.size(); ++i) {
        differences.push_back(values[i] - values[i - 1]);
    }
    const double limit =
        differences.empty() ? 0 : kSpikeSigmas * scaled_mad(differences) / std::numbers::sqrt2;
    if (!(limit > 0)) {
        return result; // without noise there is nothing to tell a spike from the rest
    }
    std::vector<double> near;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto first = static_cast<std::ptrdiff_t>(i - std::min(i, kSpikeReach));
        const auto end = static_cast<std::ptrdiff_t>(std::min(i + kSpikeReach + 1, values.size()));
        near.assign(values.begin() + first, values.begin() + end);
        std::ranges::sort(near);
        const double centre = median_sorted(near);
        if (std::abs(values[i] - centre) > limit) {
            result[i] = centre;
        }
    }
    return result;
}

} // namespace assay::statistics
