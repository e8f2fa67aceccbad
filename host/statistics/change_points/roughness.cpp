#include "statistics/change_points/roughness.hpp"

#include "statistics/robust_scale.hpp"
#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace assay::statistics {
namespace {

constexpr std::size_t kPointsMin = 30;
constexpr double kCut = 2.5;    // scaled MADs
constexpr double kChance = 3.5; // r of white noise stays below this / sqrt(points)
constexpr double kRhoMax = 0.9; // beyond it nothing would be left of the sample size
constexpr double kJump = 5;     // scaled MADs; the noise of a level seldom differs as much
// Jumps that come oftener than this are how the series is, and not levels that change.
constexpr std::size_t kPointsPerJump = 15;

struct Differences {
    std::vector<double> values;    // values[i] = x[i + lag] - x[i]
    double centre = 0, spread = 0; // their median and scaled MAD
};

void take_differences(std::span<const double> series, std::size_t lag, Differences& taken) {
    taken.values.clear();
    for (std::size_t t = lag; t < series.size(); ++t) {
        taken.values.push_back(series[t] - series[t - lag]);
    }
    taken.centre = median(taken.values);
    taken.spread = scaled_mad(taken.values);
}

// Points that begin a new level: far from the one before, and the next stays near. What comes back
// at once is a spike, which two differences of either lag see.
std::vector<std::size_t> level_changes(const Differences& near) {
    const double limit = kJump * near.spread;
    const std::size_t count = near.values.size();
    const auto far = [&](std::size_t i) { return std::abs(near.values[i] - near.centre) > limit; };
    std::vector<std::size_t> changes;
    for (std::size_t i = 0; limit > 0 && i < count; ++i) {
        if (far(i) && !(i > 0 && far(i - 1)) && !(i + 1 < count && far(i + 1))) {
            changes.push_back(i + 1);
        }
    }
    if (changes.size() * kPointsPerJump > count + 1) {
        changes.clear();
    }
    return changes;
}

// W of the header, without the differences across `changes`.
double
cut_variance(const Differences& taken, std::size_t lag, std::span<const std::size_t> changes) {
    const double cut = kCut * taken.spread;
    const auto squared = [&](double difference) {
        const double distance = std::min(std::abs(difference - taken.centre), cut);
        return distance * distance;
    };
    double squares = 0, count = static_cast<double>(taken.values.size());
    for (const double difference : taken.values) {
        squares += squared(difference);
    }
    std::size_t next = 0; // differences before it are settled
    for (const std::size_t change : changes) {
        const std::size_t end = std::min(change, taken.values.size());
        for (std::size_t i = std::max(next, change - std::min(change, lag)); i < end; ++i) {
            squares -= squared(taken.values[i]);
            count -= 1;
        }
        next = std::max(next, end);
    }
    return squares / count;
}

} // namespace

Roughness roughness(std::span<const double> series) {
    Roughness result;
    if (series.size() < kPointsMin) {
        return result;
    }
    Differences taken;
    take_differences(series, 1, taken);
    const std::vector<std::size_t> changes = level_changes(taken);
    const double near = cut_variance(taken, 1, changes);
    take_differences(series, 2, taken);
    const double far = cut_variance(taken, 2, changes);
    if (!(near > 0)) {
        return result;
    }
    result.r = far / near - 1;
    result.smooth = result.r > 1;
    if (!result.smooth && result.r >= kChance / std::sqrt(static_cast<double>(series.size()))) {
        result.rho = std::min(result.r, kRhoMax);
    }
    return result;
}

} // namespace assay::statistics
