// The samples that a dashboard tells of its runs: those of the newest run of every series, those of
// the run before its newest step, and of other runs, the newest first, as many as there is room
// for.
//
//   keep_samples(series, place, std::move(point.samples));
//   if (Status read = read_samples_before_changes(store, branch); !read) ...
//   if (Status read = read_samples_of_others(store, dashboard.branches); !read) ...
//
// Reads the store; one thread at a time.
#pragma once

#include "tracking/dashboard/dashboard.hpp"

namespace assay::tracking {

// Of the branch's run at `run`; empty ones are left out, and many are told as quantiles.
void keep_samples(DashboardSeries& series, std::size_t run, history::Samples samples);

// Those of the run before the newest step that counts, where the analysis has one.
Status read_samples_before_changes(history::Store& store, DashboardBranch& branch);

// Of all branches together as many as keep a page in bounds (kPointsBesideSamples): all of a small
// history, none of one that has more points than that.
Status read_samples_of_others(history::Store& store, std::vector<DashboardBranch>& branches);

} // namespace assay::tracking
