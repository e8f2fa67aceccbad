// Which changes of an analysis the history knows already, and what it has to be told of them.
//
//   ChangeMatches matches = match_changes(analysis, *store->change_points({}), now);
//   matches.id_of(line, change)     // the same in every later analysis
//
// A change found again is the same one where series and direction are, and it lies within the old
// interval and five runs around it. Section 9.1 of the specification of tracking. Pure; any thread.
#pragma once

#include "history/found_changes.hpp"
#include "tracking/analysis.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace assay::tracking {

struct ChangeMatches {
    // By line and change of the analysis.
    std::map<std::pair<std::size_t, std::size_t>, std::string> ids;
    std::vector<history::ChangePointRow> to_write; // what is new, moved, or gone
};

// `stored`: those of this store; others than of the analysis' series and branch are left alone.
[[nodiscard]] ChangeMatches match_changes(const BranchAnalysis& analysis,
                                          const std::vector<history::ChangePointRow>& stored,
                                          std::int64_t now);

// The run that began last: who saw what is found now.
[[nodiscard]] const BranchRun& newest_run(const BranchLines& lines);

} // namespace assay::tracking
