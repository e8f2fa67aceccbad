// The word about the newest run of every series of a dashboard, the limit that follows from what it
// was held against, and the samples behind it.
//
//   if (Status judged = judge_newest(store, choice, baselines, branch); !judged) ...
//
// Reads the store; one thread at a time.
#pragma once

#include "tracking/dashboard/dashboard.hpp"

namespace assay::tracking {

// The words are those of compare_with_baselines() for the whole run, whatever part of it is shown:
// a shift of the machine is found over all of its series.
Status judge_newest(history::Store& store,
                    const DashboardChoice& choice,
                    const history::BaselinesFile& baselines,
                    DashboardBranch& branch);

} // namespace assay::tracking
