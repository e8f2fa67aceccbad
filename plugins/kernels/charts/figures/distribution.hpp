// How samples of one case are spread: as a histogram, as a cumulative curve, or as a box for each
// launch with every sample beside it. A second set, the baseline, can lie under the first.
//
//   Chart shape = histogram_chart({.title = "router/least_latency", .samples = samples});
//   Chart curve = ecdf_chart({.samples = samples, .baseline = old_samples});
//   Chart strip = launches_chart({.title = "by launch", .launches = launches});
//
// Pure. Spans are read during the call only.
#pragma once

#include "charts/chart.hpp"

#include <span>
#include <string>

namespace assay::charts {

struct Distribution {
    std::string title{};
    std::string metric = "time";
    std::string unit = "s";
    std::span<const double> samples{}; // what is no number is left out
    std::span<const double> baseline{};
    std::string name = "now";
    std::string baseline_name = "baseline";
};

// Bins as wide as Freedman and Diaconis have them, at most 60 and over both sets alike; the median
// is marked. With a baseline heights are shares of each set, else counts.
[[nodiscard]] Chart histogram_chart(const Distribution& distribution);

[[nodiscard]] Chart ecdf_chart(const Distribution& distribution);

struct LaunchSamples {
    std::string name{}; // "launch 3"
    std::span<const double> samples{};
};

struct Launches {
    std::string title{};
    std::string metric = "time";
    std::string unit = "s";
    std::span<const LaunchSamples> launches{};
};

// Box from the lower to the upper quartile, line at the median, whiskers to the last sample
// within 1.5 times its length; samples beyond are hollow. Launches of at most 40 samples show each
// of them.
[[nodiscard]] Chart launches_chart(const Launches& launches);

} // namespace assay::charts
