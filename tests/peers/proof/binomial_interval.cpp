#include "binomial_interval.hpp"

#include <cmath>

namespace proof {

namespace {

// P(X <= k) for X ~ Bin(n, p), 0 < p < 1.
double at_most(std::uint64_t k, std::uint64_t n, double p) {
    const auto count = static_cast<double>(n);
    double sum = 0;
    for (std::uint64_t i = 0; i <= k; ++i) {
        const auto x = static_cast<double>(i);
        sum += std::exp(std::lgamma(count + 1) - std::lgamma(x + 1) - std::lgamma(count - x + 1) +
                        x * std::log(p) + (count - x) * std::log1p(-p));
    }
    return sum;
}

// The share at which at_most(k) falls to `tail`; it falls as the share grows.
double share_where(std::uint64_t k, std::uint64_t n, double tail) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; ++i) { // 2^-60: below what a double of this size can tell
        const double middle = (low + high) / 2;
        (at_most(k, n, middle) > tail ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace

ShareInterval binomial_interval(std::uint64_t k, std::uint64_t n, double level) {
    const double tail = (1 - level) / 2;
    ShareInterval interval;
    if (k > 0) {
        interval.low = share_where(k - 1, n, 1 - tail);
    }
    if (k < n) {
        interval.high = share_where(k, n, tail);
    }
    return interval;
}

} // namespace proof
