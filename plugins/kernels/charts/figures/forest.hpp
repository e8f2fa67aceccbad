// Changes of many cases below each other: interval and median of each, the noise floor, the gate.
//
//   const std::vector<ForestRow> rows{{"router/least_latency", 0.136, 0.124, 0.147, Tone::worse}};
//   Chart chart = forest_chart({.title = "Change against @main", .rows = rows,
//                               .noise_floor = 0.021, .gate = 0.10});
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

struct ForestRow {
    std::string name{};
    double change = 0; // 0.136 is +13.6 %
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
    Tone tone = Tone::same;
    std::string full{}; // what the name is short for: told where one points at it
};

struct Forest {
    std::string title = "Relative change with confidence interval";
    std::string subtitle{};
    std::span<const ForestRow> rows{};
    std::optional<double> noise_floor{}; // changes within it, both ways, are chance
    std::optional<double> gate{};
    std::string unit = "%"; // or "points": of shares, 0.05 is five of them
    std::string axis = "change of the median (right = slower)";
    std::size_t more = 0;      // rows that are not even given
    std::size_t rows_max = 60; // of more the first are drawn, and the chart says so
};

[[nodiscard]] Chart forest_chart(const Forest& forest);

} // namespace assay::charts
