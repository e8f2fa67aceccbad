// What a recorded run ought to have a figure of, so that what got lost is told instead of passing
// unseen.
//
//   Result<std::vector<ExpectedSeries>> lost = lost_series(*store, run, baselines_file);
//   for (const ExpectedSeries& one : *lost) say(one.series.case_id, one.reason);
//
// Expected are the series that somebody has set a baseline for, and those that each of the five
// runs of its kind before it had. Reads the store; one thread at a time.
#pragma once

#include "history/baselines_file.hpp"
#include "history/store.hpp"
#include "support/result.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace assay::tracking {

// Fewer runs before it show no habit.
inline constexpr std::size_t kHabitRuns = 5;

struct ExpectedSeries {
    history::Series series;
    std::string reason; // why the run ought to have it
};

// The series of the run's platform that the run says nothing of, neither a figure nor why there is
// none. By case and metric.
Result<std::vector<ExpectedSeries>>
lost_series(history::Store& store, const history::Run& run, const history::BaselinesFile& file);

} // namespace assay::tracking
