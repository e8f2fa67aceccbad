// The series of a report as rows of its document: first and last figure, what an analysis found,
// and enough points for a line in a table, or, of the few that moved most, for a chart.
//
//   document["trends"] = trend_rows(report);
//
// Pure; any thread.
#pragma once

#include "support/json.hpp"
#include "tracking/report/report.hpp"

#include <cstddef>

namespace assay::tracking {

// What a person reads through, and what keeps the file small where there are ten thousand series.
inline constexpr std::size_t kTrendsTold = 100;
inline constexpr std::size_t kTrendPoints = 40;    // of a line in a table: medians of stretches
inline constexpr std::size_t kTrendsCharted = 6;   // those that moved most
inline constexpr std::size_t kChartedPoints = 120; // the newest of each

// {"total", "left_out", "rows": [...]}
json::object trend_rows(const Report& report);

// The members by which every list of a report names a series.
json::object report_series_name(const ReportSeries& one);

// {"run", "commit", "time"}
json::object report_run(const std::string& uuid, const std::string& sha, std::int64_t when);

} // namespace assay::tracking
