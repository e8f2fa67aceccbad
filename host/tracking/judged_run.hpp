// What a run is held against: of each of its series the earlier runs or the figure that somebody
// has set, and how fast its machine was before.
//
//   const JudgedRun judged{.store = *store, .run = run, .parent = parent_branch(*store, run)};
//   Result<verdict::BaselineChoice> choice = baseline_for(judged, series_baseline);
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"
#include "tracking/series_baseline.hpp"
#include "verdict/baseline_policy.hpp"
#include "verdict/environment_shift.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::tracking {

struct JudgedRun {
    history::Store& store;
    const history::Run& run; // whose own points never count
    std::optional<std::string> parent = {};
};

// The branch that the run's one left: where the merge base was measured, the main line first.
// Nothing of a run of main or master: that has left none.
std::optional<std::string> parent_branch(history::Store& store, const history::Run& run);

// The points of a branch in runs that began before this one; nothing: the branch of the newest run.
Result<std::vector<verdict::StoredPoint>> points_before(history::Store& store,
                                                        std::int64_t series,
                                                        const std::optional<std::string>& branch,
                                                        const history::Run& run);

// A baseline that a person or `assay baseline update` has set comes first, else the runs of the
// branch that this one left, as they were where it left, else those of its own branch.
Result<verdict::BaselineChoice> baseline_for(const JudgedRun& judged, const SeriesBaseline& series);

// Earlier runs of the same machine, for whether its speed has changed.
verdict::Calibration calibration_of(history::Store& store, const history::Run& run);

} // namespace assay::tracking
