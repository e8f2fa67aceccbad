// The trend of a series: median and interval of every run, on one platform or several, against
// baseline, limits and what was found in it.
//
//   const std::vector<RunPoint> runs{{.moment = 1.78e9, .value = 271.9e-6}, ...};
//   const std::vector<Trend> trends{{.name = "linux-x86_64-2c", .runs = runs}};
//   Chart chart = time_series_chart({.title = "router/least_latency", .trends = trends,
//                                    .baseline = 271.9e-6});
//
// Pure. Spans are read during the call only.
#pragma once

#include "charts/chart.hpp"
#include "charts/figures/tone.hpp"

#include <limits>
#include <optional>
#include <span>
#include <string>

namespace assay::charts {

struct RunPoint {
    double moment = 0; // seconds since 1970
    double value = std::numeric_limits<double>::quiet_NaN();
    double low = std::numeric_limits<double>::quiet_NaN(); // its interval, if it has one
    double high = std::numeric_limits<double>::quiet_NaN();
    Look look = Look::filled; // hollow: an outlier; crossed: excluded
    std::string note{};       // "abc8f21, 308.8 µs"; made from the figures where it is empty
};

struct Trend {
    std::string name{};
    std::span<const RunPoint> runs{};
};

struct ChangeMark {
    double moment = 0;
    Tone tone = Tone::worse;
    std::string label{}; // "+13.6 %"
    std::string note{};  // "9e12d40..abc8f21"
};

struct LimitMark {
    double value = 0;
    std::string name = "limit";
};

struct Stretch {
    double from = 0, to = 0;
    std::string note{};
};

struct TimeSeries {
    std::string title{}, subtitle{};
    std::string metric = "median time";
    std::string unit = "s";
    std::span<const Trend> trends{};
    std::optional<double> baseline{};
    std::string baseline_name = "baseline";
    std::span<const LimitMark> limits{};
    std::span<const ChangeMark> changes{};
    std::span<const Stretch> drifts{};
    std::span<const Stretch> shifts{};               // of the machine
    std::optional<double> fence_low{}, fence_high{}; // beyond it a run is an outlier
    std::string time = "date (UTC)"; // of what the moments are: of commits, of starts
    bool log = false;
};

[[nodiscard]] Chart time_series_chart(const TimeSeries& series);

} // namespace assay::charts
