#include "statistics/trend.hpp"

#include "statistics/distributions.hpp"
#include "statistics/random_index.hpp"
#include "statistics/robust_scale.hpp"
#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace assay::statistics {
namespace {

// Pairs out of order; sorts `values`, whose size is that of `scratch`.
std::int64_t sort_and_count(std::span<double> values, std::span<double> scratch) {
    const std::size_t half = values.size() / 2;
    if (half == 0) {
        return 0;
    }
    std::int64_t count = sort_and_count(values.first(half), scratch.first(half)) +
                         sort_and_count(values.subspan(half), scratch.subspan(half));
    std::size_t left = 0, right = half;
    for (double& next : scratch) {
        const bool take_left =
            right == values.size() || (left < half && values[left] <= values[right]);
        if (!take_left) {
            count += static_cast<std::int64_t>(half - left);
        }
        next = take_left ? values[left++] : values[right++];
    }
    std::ranges::copy(scratch, values.begin());
    return count;
}

constexpr std::size_t kListedMax = 400; // values whose slopes, at most 80 000, are all listed

double slope_between(std::span<const double> values, std::size_t i, std::size_t j) {
    return (values[j] - values[i]) / static_cast<double>(j - i);
}

double median_of_all_slopes(std::span<const double> values) {
    std::vector<double> slopes;
    slopes.reserve(values.size() * (values.size() - 1) / 2);
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = i + 1; j < values.size(); ++j) {
            slopes.push_back(slope_between(values, i, j));
        }
    }
    return median(slopes);
}

struct Bracket {
    double low, high;
};

// Around the median of the slopes of randomly drawn pairs, six standard errors of a rank wide: of
// more than a hundred million series the median of all slopes would be outside for one, and then
// the caller takes a wider one.
Bracket sampled_bracket(std::span<const double> values, double width) {
    const std::size_t draws = 16 * values.size();
    const auto size = static_cast<std::uint32_t>(values.size());
    RandomIndex random(values.size());
    std::vector<double> slopes;
    while (slopes.size() < draws) {
        const std::size_t i = random.below(size), j = random.below(size);
        if (i != j) {
            slopes.push_back(slope_between(values, std::min(i, j), std::max(i, j)));
        }
    }
    std::ranges::sort(slopes);
    const double reach = width / std::sqrt(static_cast<double>(draws));
    return {quantile_sorted(slopes, 0.5 - reach), quantile_sorted(slopes, 0.5 + reach)};
}

} // namespace

MannKendall mann_kendall(std::span<const double> values, double effective_share) {
    MannKendall result;
    if (values.size() < 3) {
        return result;
    }
    std::vector<double> sorted(values.begin(), values.end());
    std::vector<double> scratch(values.size());
    const std::int64_t falling = sort_and_count(sorted, scratch);
    const auto n = static_cast<double>(values.size());
    std::int64_t tied_pairs = 0;
    result.variance = n * (n - 1) * (2 * n + 5);
    for (std::size_t first = 0, next = 0; first < sorted.size(); first = next) {
        while (next < sorted.size() && sorted[next] == sorted[first]) {
            ++next;
        }
        const auto tied = static_cast<std::int64_t>(next - first);
        const auto t = static_cast<double>(tied);
        tied_pairs += tied * (tied - 1) / 2;
        result.variance -= t * (t - 1) * (2 * t + 5);
    }
    result.variance /= 18 * effective_share;
    const auto size = static_cast<std::int64_t>(values.size());
    result.s = size * (size - 1) / 2 - tied_pairs - 2 * falling;
    if (result.variance > 0 && result.s != 0) {
        const double z = (std::abs(static_cast<double>(result.s)) - 1) / std::sqrt(result.variance);
        result.p = two_sided_normal(z);
    }
    return result;
}

double theil_sen_slope(std::span<const double> values) {
    const std::size_t count = values.size();
    if (count < 2) {
        return 0;
    }
    if (count <= kListedMax) {
        return median_of_all_slopes(values);
    }
    const std::size_t pairs = count * (count - 1) / 2;
    const std::size_t lower = (pairs - 1) / 2, upper = pairs / 2; // ranks whose mean is the median
    std::vector<double> near;
    for (double width = 3;; width *= 2) {
        const Bracket bracket = sampled_bracket(values, width);
        std::size_t below = 0;
        near.clear();
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t j = i + 1; j < count; ++j) {
                const double slope = slope_between(values, i, j);
                below += slope < bracket.low ? 1 : 0;
                if (slope >= bracket.low && slope <= bracket.high) {
                    near.push_back(slope);
                }
            }
        }
        if (below <= lower && upper < below + near.size()) {
            const auto at = [&](std::size_t rank) {
                const auto place = near.begin() + static_cast<std::ptrdiff_t>(rank - below);
                std::nth_element(near.begin(), place, near.end());
                return *place;
            };
            return std::midpoint(at(lower), at(upper));
        }
    }
}

} // namespace assay::statistics
