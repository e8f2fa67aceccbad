// The figures of one metric of one case, over launches: the launch is the independent unit, so the
// headline is the median of launch medians and the interval is taken over launches only.
//
//   Summary time = summarise(launches);   // launches[i] = samples of launch i, in the order taken
//   print(time.median, time.interval);
//
// A NaN among the values makes every figure of them NaN: a figure of an unknown sample is unknown.
// Pure functions, no I/O, no clock; callable from any thread.
// Quantiles are Hyndman & Fan (1996) type 7; the interval of a median is the order-statistic
// interval (David & Nagaraja, 2003, 7.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace assay::statistics {

struct Interval {
    double low = 0, high = 0;
};

// Fewer launches have no interval at 95 %: the order statistics do not reach that far, and a
// bootstrap knows too few different samples.
inline constexpr std::size_t kIntervalLaunchesMin = 6;

std::vector<double> sorted_copy(std::span<const double> values);

// Type-7 quantile of values sorted ascending; `p` in [0, 1]; NaN for no values.
double quantile_sorted(std::span<const double> sorted, double p);

double median(std::span<const double> values); // copies; NaN for no values

// Median of |x - median(x)|, unscaled: {1, 2, 3, 4, 100} -> 1.
double median_absolute_deviation(std::span<const double> values);

double mean(std::span<const double> values);
// Sample standard deviation (n - 1); NaN for fewer than two values.
double standard_deviation(std::span<const double> values);

// Distribution-free interval of the median: [y(k), y(K+1-k)] with the largest k for which
// P(Bin(K, 1/2) < k) <= (1 - level) / 2. Nothing when K is too small (K < 6 at 95 %).
std::optional<Interval> median_interval(std::span<const double> values, double level);

// Tukey's fences over the type-7 quartiles: mild beyond 1.5 IQR, severe beyond 3 IQR.
struct OutlierCounts {
    std::uint64_t mild = 0, severe = 0;
};

OutlierCounts tukey_outliers(std::span<const double> values);

// median(numerator) / median(denominator) of two independent sets of launch medians, with a
// percentile bootstrap interval over launches (Efron & Tibshirani, 1993, 13.3), seeded.
// No interval when either side has fewer than six launches.
struct RatioEstimate {
    double ratio = 0;
    std::optional<Interval> interval;
};

RatioEstimate ratio_of_medians(std::span<const double> numerator,
                               std::span<const double> denominator,
                               double level,
                               std::uint64_t seed,
                               std::uint32_t resamples = 2000);

// What the documents say of a metric. All of it is over every sample of every launch except
// `median` and `interval`, which are over launch medians. NaN = not known. A launch without samples
// is not counted as a launch.
struct Summary {
    std::uint64_t n = 0;
    double median = 0, mean = 0, stddev = 0, mad = 0, cv = 0, min = 0, max = 0;
    double p05 = 0, p25 = 0, p75 = 0, p90 = 0, p95 = 0, p99 = 0, p999 = 0;
    std::optional<Interval> interval;
    double interval_level = 0.95;
    OutlierCounts outliers;
    std::vector<double> launch_medians;
};

Summary summarise(std::span<const std::vector<double>> launches, double level = 0.95);

} // namespace assay::statistics
