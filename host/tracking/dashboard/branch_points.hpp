// The runs and points of a platform's branch for a dashboard: failures and excluded points too, for
// both are shown.
//
//   Result<DashboardBranch> branch = read_branch_points(store, choice, rows);
//
// Reads the store; one thread at a time.
#pragma once

#include "tracking/dashboard/dashboard.hpp"

#include <vector>

namespace assay::tracking {

// `rows`: of one platform. Series without a point in the runs that are looked at are left out.
Result<DashboardBranch> read_branch_points(history::Store& store,
                                           const DashboardChoice& choice,
                                           std::vector<history::SeriesRow> rows);

} // namespace assay::tracking
