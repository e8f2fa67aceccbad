// What a recorded run ought to have a figure of, and says nothing of: what got lost is told instead
// of passing unseen.
//
//   Result<std::vector<ExpectedSeries>> lost = lost_series(*store, run, {.baselines = &file});
//   for (const ExpectedSeries& one : *lost) say(one.series.case_id, one.reason);
//
// Expected are the series that somebody has set a baseline for, and those that the run before it
// had: the newest one of the same kind, mode, branch, machine and project that was asked for the
// same, and the newest such one of another commit, so that repeating a run forgets nothing. Runs
// that do not say what they were asked for (records of other programs, imports) are of the same
// program where most of what the older one has is told again; else what each of five such runs had
// is expected. Reads the store; one thread at a time.
#pragma once

#include "history/baselines_file.hpp"
#include "history/store.hpp"
#include "support/result.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace assay::tracking {

// So many runs in a row show a habit, whatever else they were about.
inline constexpr std::size_t kHabitRuns = 5;

struct ExpectedSeries {
    history::Series series;
    std::string reason; // why the run ought to have it
};

struct Expectations {
    const history::BaselinesFile* baselines = nullptr; // those of the history count too; none: no
    // What a run was asked to measure: of equal texts the same. Without it the command as typed.
    std::function<std::string(const history::Run&)> question = {};
};

// The series of the run's platform that the run says nothing of, neither a figure nor why there is
// none. By case and metric.
Result<std::vector<ExpectedSeries>>
lost_series(history::Store& store, const history::Run& run, const Expectations& expectations);

} // namespace assay::tracking
