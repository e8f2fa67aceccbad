// Caches of a report: hit rates with the miss rate beside them, and what larger caches of the same
// case had in the same run.
//
//   std::vector<CacheFigure> caches = cache_figures(series);
//
// A hit rate is a metric "hit_rate" or "hit_ratio", or one that ends so; a capacity is a parameter
// by one of the names below. Pure; any thread.
#pragma once

#include "tracking/report/recommendations.hpp"
#include "tracking/report/report_series.hpp"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace assay::tracking {

inline constexpr std::array<std::string_view, 6> kCapacityAxes{
    "limit", "capacity", "cache_size", "cache_bytes", "cache_entries", "max_size"};

// A cache that is off (capacity 0) has no hit rate to speak of and gives none.
[[nodiscard]] std::vector<CacheFigure> cache_figures(std::span<const ReportSeries> series);

} // namespace assay::tracking
