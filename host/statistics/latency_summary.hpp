// The figures of a latency case: percentiles of all its operations, from one histogram per launch.
//
//   LatencySummary time = summarise_latency(histograms, {.seed = 1});
//   print(time.summary.median, time.percentiles);
//
// Operations of one launch share its memory layout and its minute of the machine: they are not
// independent, so the interval of a percentile comes from drawing launches anew, never operations
// (percentile bootstrap of clusters: Efron & Tibshirani, 1993, 13.3; Davison & Hinkley, 1997, 3.8).
// Pure functions; callable from any thread.
#pragma once

#include "statistics/summary.hpp"
#include "support/latency_histogram.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace assay::statistics {

struct Percentile {
    std::string_view name; // "p50", "p90", "p95", "p99", "p999"
    double value = 0;      // over the operations of all launches, seconds
    std::optional<Interval> interval;
};

struct LatencySummary {
    // As of the listed operations, in seconds, each within 0.1 % (minimum, maximum and everything
    // below 2 048 ns exactly). `median` and `interval` are over launch medians, as everywhere.
    Summary summary;
    std::vector<Percentile> percentiles;
};

struct LatencyOptions {
    double level = 0.95;
    std::uint64_t seed = 1;
    std::uint32_t resamples = 1000;
};

// Intervals of percentiles are absent below six launches, as the one of the median is. A launch
// without operations is not counted as a launch.
LatencySummary summarise_latency(std::span<const LatencyHistogram> launches,
                                 const LatencyOptions& options = {});

} // namespace assay::statistics
