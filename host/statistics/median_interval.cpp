// The interval of a median that assumes nothing but independent draws from one distribution:
// between the k-th smallest and the k-th largest of K values lies the median unless fewer than k
// values fell on one side of it, and the number below the median is Bin(K, 1/2) (David & Nagaraja,
// "Order Statistics", 3rd ed., 2003, section 7.1).
#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay::statistics {
namespace {

// The largest k with P(Bin(count, 1/2) < k) <= tail; 0 = none. Works on logarithms because
// 2^-count underflows for a thousand launches; the tolerance keeps an exact equality (count 6,
// tail 1/64) from being lost to rounding.
std::size_t largest_rank(std::size_t count, double tail) {
    const auto n = static_cast<double>(count);
    const double allowed = tail * (1 + 1e-12);
    double log_term = -n * std::numbers::ln2;
    double below = std::exp(log_term);
    std::size_t k = 0;
    while (below <= allowed && 2 * (k + 1) <= count + 1) {
        const auto i = static_cast<double>(k);
        log_term += std::log((n - i) / (i + 1));
        below += std::exp(log_term);
        ++k;
    }
    return k;
}

} // namespace

std::optional<Interval> median_interval(std::span<const double> values, double level) {
    const bool known =
        std::none_of(values.begin(), values.end(), [](double x) { return std::isnan(x); });
    if (!known || !(level > 0 && level < 1)) {
        return std::nullopt;
    }
    const std::size_t k = largest_rank(values.size(), (1 - level) / 2);
    if (k == 0) {
        return std::nullopt;
    }
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    return Interval{sorted[k - 1], sorted[sorted.size() - k]};
}

} // namespace assay::statistics
