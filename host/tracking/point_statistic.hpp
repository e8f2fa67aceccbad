// Which of a point's figures is looked at through time: its centre, or another that the history
// keeps of every point for ever (host/history/records.hpp).
//
//   std::optional<double> p95 = figure_of(*point.figures, PointStatistic::p95);
//
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"
#include "support/result.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace assay::tracking {

enum class PointStatistic { median, p95, p99, min, max, spread };

inline constexpr std::array kPointStatistics{PointStatistic::median,
                                             PointStatistic::p95,
                                             PointStatistic::p99,
                                             PointStatistic::min,
                                             PointStatistic::max,
                                             PointStatistic::spread};

std::string_view name_of(PointStatistic statistic) noexcept;
// Nothing of another word.
std::optional<PointStatistic> point_statistic_named(std::string_view name) noexcept;

// Nothing where whoever measured did not tell it.
std::optional<double> figure_of(const history::Figures& figures, PointStatistic statistic) noexcept;

// What to do where nobody told it: "the history keeps median, p95, ...".
Error untold(PointStatistic statistic, std::size_t series, const std::string& where);

} // namespace assay::tracking
