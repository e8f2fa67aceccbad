// One figure of several cases, implementations or layers as bars below each other, with their
// intervals.
//
//   const std::vector<BarRow> rows{{"impl=eigen", 81.2e-6, 80.9e-6, 81.6e-6}};
//   Chart chart = bar_chart({.title = "Median time", .metric = "median time", .unit = "s", .rows =
//   rows});
//
// Pure. Spans are read during the call only.
#pragma once

#include "charts/chart.hpp"

#include <limits>
#include <optional>
#include <span>
#include <string>

namespace assay::charts {

struct BarRow {
    std::string name{};
    double value = std::numeric_limits<double>::quiet_NaN();
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
    Role role = Role::accent;
    std::string full{}; // what the name is short for: told where one points at it
};

struct BarFigure {
    std::string title{}, subtitle{};
    std::string metric = "median time";
    std::string unit = "s";
    std::string better{}; // "lower is better"
    std::span<const BarRow> rows{};
    std::optional<double> limit{};
    std::optional<double> most{}; // where the axis ends: 1 of a ratio
    bool log = false;             // for figures of very different size; dots instead of bars
    std::size_t more = 0;         // rows that are not even given
    std::size_t rows_max = 60;    // of more the first are drawn, and the chart says so
};

[[nodiscard]] Chart bar_chart(const BarFigure& figure);

} // namespace assay::charts
