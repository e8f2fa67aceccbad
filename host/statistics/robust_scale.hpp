// Centre and spread of sorted values that outliers do not move, without a copy of them.
//
//   double sigma = scaled_mad_sorted(sorted);      // of a normal sample: its standard deviation
//
// Pure functions; any thread. `median` and `median_absolute_deviation` of "statistics/summary.hpp"
// take values in any order and make the copies.
#pragma once

#include <cstddef>
#include <span>

namespace assay::statistics {

// 1/quantile(normal, 3/4): makes the median absolute deviation of a normal sample estimate sigma
// (Hampel, JASA 69 (1974)).
inline constexpr double kMadToSigma = 1.4826;

[[nodiscard]] double median_sorted(std::span<const double> sorted); // NaN for no values

// kMadToSigma times the median distance from the median; NaN for no values.
[[nodiscard]] double scaled_mad_sorted(std::span<const double> sorted);

// The same of values in any order; copies.
[[nodiscard]] double scaled_mad(std::span<const double> values);

// 2: the spread of the newer values doubled. How likely is such a ratio where nothing changed? The
// squares of two MADs of normal values relate nearly as F with 0.3674 (n - 1) degrees of freedom
// each, because a MAD tells as much of sigma as the standard deviation of 0.3674 times as many
// values (Hampel, 1974; Rousseeuw & Croux, JASA 88 (1993)). One-sided: a calmer series is no news.
struct SpreadChange {
    double ratio = 1; // of the MADs
    double p = 1;
};

// p = 1 where a side has fewer than 5 values or the older ones have no spread at all.
[[nodiscard]] SpreadChange compare_spread(std::span<const double> older,
                                          std::span<const double> newer);

} // namespace assay::statistics
