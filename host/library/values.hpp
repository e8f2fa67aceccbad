// Between the host's values and those of <assay/history.hpp>, which programs outside are built
// against and which therefore stand still while the host's may grow.
//
//   RunSummary run = summary_of(row);
//   Result<Stats> none = failed<Stats>(error);
//
// Pure; any thread.
#pragma once

#include "history/store.hpp"
#include "library/assay/history.hpp"
#include "support/result.hpp"
#include "tracking/run_comparison.hpp"
#include "tracking/series_baseline.hpp"
#include "tracking/trend.hpp"
#include "verdict/baseline_policy.hpp"

namespace assay::recorded {

Error error_of(const assay::Error& error);

history::RunQuery query_of(const RunFilter& filter);
history::PointQuery query_of(const TrendWindow& window);
tracking::SeriesChoice choice_of(const SeriesFilter& filter);

RunSummary summary_of(const history::RunRow& row);
KnownPlatform platform_of(const history::PlatformRow& row);
Series series_of(const history::Series& series);
Trend trend_of(const tracking::Trend& trend);
Stats stats_of(const history::StoreStats& stats, const std::string& place);
// Where somebody has set one.
Baseline baseline_of(const tracking::SeriesBaseline& baseline);
// Where nobody has.
Baseline baseline_of(const history::Series& series, const verdict::BaselineChoice& choice);

ComparedSeries compared_of(const tracking::ComparedSeries& compared);

} // namespace assay::recorded
