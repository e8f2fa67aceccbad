// The figures of a dashboard that the rules of a report speak of: caches with their capacities,
// drifts, launches that differ, allocations, noise of the machines, what broke, what is too young.
//
//   Recommendations said = recommendations(recommendation_figures(shown, series));
//
// What is not known gives no figure. Pure; any thread.
#pragma once

#include "tracking/report/recommendations.hpp"
#include "tracking/report/report_series.hpp"

#include <span>

namespace assay::tracking {

[[nodiscard]] RecommendationFigures recommendation_figures(const Dashboard& dashboard,
                                                           std::span<const ReportSeries> series);

} // namespace assay::tracking
