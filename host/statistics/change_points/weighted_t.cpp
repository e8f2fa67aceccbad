#include "statistics/change_points/weighted_t.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::statistics {
namespace {

constexpr std::size_t kBackMin = 12, kBackMax = 24, kFore = 12;
constexpr double kThreshold = 7;

struct Weighted {
    double mean = 0, variance = 0; // the variance is not weighted
};

// The value at distance j from the place weighs (n - j)/n; `nearest_last` says on which end it is.
Weighted weigh(std::span<const double> values, bool nearest_last) {
    Weighted result;
    double weights = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto weight = static_cast<double>(nearest_last ? i + 1 : values.size() - i);
        result.mean += weight * values[i];
        weights += weight;
    }
    result.mean /= weights;
    for (const double x : values) {
        result.variance += (x - result.mean) * (x - result.mean);
    }
    result.variance /= std::max(1.0, static_cast<double>(values.size()) - 1);
    return result;
}

double t_of(std::span<const double> back, std::span<const double> fore) {
    const auto [low, high] = std::ranges::minmax(back);
    const auto [fore_low, fore_high] = std::ranges::minmax(fore);
    if (low == high && fore_low == fore_high) { // exactly, where rounding would leave a variance
        return low == fore_low ? 0 : std::numeric_limits<double>::infinity();
    }
    const Weighted before = weigh(back, true);
    const Weighted after = weigh(fore, false);
    const double error = before.variance / static_cast<double>(back.size()) +
                         after.variance / static_cast<double>(fore.size());
    return std::abs(after.mean - before.mean) / std::sqrt(error);
}

} // namespace

std::vector<WeightedTPeak> weighted_t_peaks(std::span<const double> series) {
    std::vector<WeightedTPeak> peaks;
    double previous = 0, last = 0; // t of the two places before i
    for (std::size_t i = 1; i <= series.size(); ++i) {
        const std::size_t since = i - (peaks.empty() ? 0 : peaks.back().index);
        const std::size_t back = std::min(i, std::clamp(since, kBackMin, kBackMax));
        const std::size_t fore = std::min(kFore, series.size() - i);
        const double t =
            fore == 0 ? 0 : t_of(series.subspan(i - back, back), series.subspan(i, fore));
        // The place before i is a peak when i is not higher; of a plateau the first (values without
        // noise have an infinite t).
        const std::size_t place = i - 1;
        const bool full = place >= kBackMin && place + kFore <= series.size();
        if (full && last > kThreshold && last > previous && last >= t) {
            peaks.push_back({place, last});
        }
        previous = last;
        last = t;
    }
    return peaks;
}

} // namespace assay::statistics
