#include "statistics/change_points/step_test.hpp"

#include "statistics/distributions.hpp"
#include "statistics/robust_scale.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::statistics {
namespace {

constexpr std::size_t kClippedFrom = 5;      // fewer points have no MAD worth the name
constexpr double kClipWidth = 3;             // scaled MADs
constexpr std::size_t kRanksFrom = 8;        // fewer ranks cannot reach small p
constexpr std::size_t kExactFloorBelow = 40; // beyond it 2/C(N, n) is far below any limit
constexpr double kRanksReach = 4.417;        // two-sided p of 0.00001
constexpr double kClearEffect = 5;           // pooled standard deviations

struct Moments {
    double count = 0, mean = 0, squares = 0; // squares: sum of (x - mean)^2

    [[nodiscard]] double variance() const noexcept { return squares / (count - 1); }
};

Moments clipped_moments(std::span<const double> values, double low, double high) {
    Moments moments{static_cast<double>(values.size()), 0, 0};
    for (const double x : values) {
        moments.mean += std::clamp(x, low, high);
    }
    moments.mean /= moments.count;
    if (values.front() == values.back()) {
        moments.mean = values.front(); // exactly: rounding must not make a constant vary
    }
    for (const double x : values) {
        const double off = std::clamp(x, low, high) - moments.mean;
        moments.squares += off * off;
    }
    return moments;
}

Moments moments_of(std::span<const double> values) {
    return clipped_moments(values, values.front(), values.back());
}

Moments robust_moments(std::span<const double> sorted) {
    const double spread = sorted.size() < kClippedFrom ? 0 : scaled_mad_sorted(sorted);
    if (!(spread > 0)) {
        return moments_of(sorted);
    }
    const double centre = median_sorted(sorted);
    return clipped_moments(sorted, centre - kClipWidth * spread, centre + kClipWidth * spread);
}

double t_test_p(const Moments& left, const Moments& right, bool pooled, double share) {
    const double degrees_pooled = left.count + right.count - 2;
    const double difference = std::abs(left.mean - right.mean);
    if (left.squares == 0 && right.squares == 0) {
        return difference > 0 && std::min(left.count, right.count) >= 2 ? 0 : 1;
    }
    double error = 0, degrees = degrees_pooled;
    if (pooled) {
        const double variance = (left.squares + right.squares) / degrees_pooled;
        error = variance * (1 / left.count + 1 / right.count);
    } else {
        const double a = left.variance() / left.count, b = right.variance() / right.count;
        error = a + b;
        degrees = error * error / (a * a / (left.count - 1) + b * b / (right.count - 1));
    }
    const double t = difference / std::sqrt(error) * std::sqrt(share);
    return two_sided_t(t, std::max(1.0, degrees * share));
}

// Twice the share that one of C(n + m, n) equally likely arrangements has.
double smallest_exact_p(double n, double m) {
    double arrangements = 1;
    for (double i = 1; i <= n; ++i) {
        arrangements *= (m + i) / i;
    }
    return 2 / arrangements;
}

// Ranks of the left values among all, and what ties take from their variance.
struct Ranks {
    double sum = 0, ties = 0; // ties: sum of t^3 - t over groups of t equal values
};

Ranks ranks_of(std::span<const double> left, std::span<const double> right) {
    Ranks ranks;
    std::size_t i = 0, j = 0;
    while (i < left.size()) {
        const double value = j < right.size() ? std::min(left[i], right[j]) : left[i];
        const std::size_t before = i + j, left_before = i;
        while (i < left.size() && left[i] == value) {
            ++i;
        }
        while (j < right.size() && right[j] == value) {
            ++j;
        }
        const auto group = static_cast<double>(i + j - before);
        ranks.sum +=
            static_cast<double>(i - left_before) * (static_cast<double>(before) + (group + 1) / 2);
        ranks.ties += group * group * group - group;
    }
    while (j < right.size()) { // what is beyond the last left value
        const auto last =
            std::upper_bound(right.begin() + static_cast<std::ptrdiff_t>(j), right.end(), right[j]);
        const auto group = static_cast<double>(last - right.begin()) - static_cast<double>(j);
        ranks.ties += group * group * group - group;
        j = static_cast<std::size_t>(last - right.begin());
    }
    return ranks;
}

// Ranks say no more of pieces 25 standard deviations apart than of pieces that just do not overlap:
// there their z ends. Scaled by a small share that end lies beyond every limit, and the test could
// only refuse. So where the means are clearly apart, never a smaller share than lets pieces without
// overlap reach a hundredth of the detector's limit: whether so few independent values suffice is
// then for t, which knows how far. Nearer means keep their share: a swing of autocorrelated noise
// separates its pieces as well.
double share_for_clear_ranks(const Moments& left, const Moments& right, double share) {
    const double n = left.count, m = right.count;
    const double furthest = (n * m / 2 - 0.5) / std::sqrt(n * m / 12 * (n + m + 1));
    const double least = kRanksReach / furthest;
    return std::min(1.0, std::max(share, least * least));
}

} // namespace

StepComparison PooledStepTest::compare(std::span<const double> before,
                                       std::span<const double> after) const {
    const Moments left = moments_of(before);
    const Moments right = moments_of(after);
    StepComparison result{1, left.mean, right.mean};
    const double count = left.count + right.count;
    if (count <= 2) {
        return result;
    }
    // (n - 1) times the variance with divisor n: what the reference adds up.
    const double squares = (left.count - 1) * left.squares / left.count +
                           (right.count - 1) * right.squares / right.count;
    const double difference = std::abs(left.mean - right.mean);
    if (squares == 0) {
        result.p = difference > 0 ? 0 : 1;
        return result;
    }
    const double error = squares / (count - 2) * (1 / left.count + 1 / right.count);
    result.p = two_sided_t(difference / std::sqrt(error), count - 2);
    return result;
}

StepComparison RobustStepTest::compare(std::span<const double> before,
                                       std::span<const double> after) const {
    const Moments left = robust_moments(before);
    const Moments right = robust_moments(after);
    StepComparison result{1, left.mean, right.mean};
    const std::size_t smaller = std::min(before.size(), after.size());
    if (smaller < options_.segment_min || left.count + right.count <= 2) {
        return result;
    }
    const double pooled =
        std::sqrt((left.squares + right.squares) / (left.count + right.count - 2));
    const double difference = std::abs(right.mean - left.mean);
    if (difference < options_.effect_min * pooled) {
        return result;
    }
    result.p = t_test_p(left, right, smaller < kRanksFrom, options_.effective_share);
    if (smaller >= kRanksFrom) {
        const double share = difference < kClearEffect * pooled
                                 ? options_.effective_share
                                 : share_for_clear_ranks(left, right, options_.effective_share);
        result.p = std::max(result.p, mann_whitney_p(before, after, share));
    }
    return result;
}

double mann_whitney_p(std::span<const double> sorted_before,
                      std::span<const double> sorted_after,
                      double effective_share) {
    const auto n = static_cast<double>(sorted_before.size());
    const auto m = static_cast<double>(sorted_after.size());
    const double total = n + m;
    const Ranks ranks = ranks_of(sorted_before, sorted_after);
    const double u = ranks.sum - n * (n + 1) / 2;
    const double variance = n * m / 12 * (total + 1 - ranks.ties / (total * (total - 1)));
    if (!(variance > 0)) {
        return 1; // all values are equal
    }
    const double distance = std::max(0.0, std::abs(u - n * m / 2) - 0.5);
    const double p = two_sided_normal(distance / std::sqrt(variance) * std::sqrt(effective_share));
    const bool small = sorted_before.size() + sorted_after.size() < kExactFloorBelow;
    return std::min(1.0, small ? std::max(p, smallest_exact_p(n, m)) : p);
}

} // namespace assay::statistics
