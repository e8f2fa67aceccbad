// The points of a series in the history, as what baselines and verdicts are made of.
//
//   Result<std::vector<history::SeriesPoint>> read = points_of_branch(*store, series_id, "main");
//   std::vector<verdict::StoredPoint> points = stored_points(std::move(*read));
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"
#include "verdict/stored_point.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::tracking {

// The newest runs of a branch that are looked at: a regression that nobody accepted is not
// forgotten within them. A baseline rests on the newest hundred of its level
// (verdict::kSegmentRuns).
inline constexpr std::size_t kRunsLookedAt = 1000;

// Oldest first, of one branch: a baseline never rests on runs of several. Nothing: the branch of
// the newest run.
Result<std::vector<history::SeriesPoint>> points_of_branch(
    history::Store& store, std::int64_t series, const std::optional<std::string>& branch);

std::vector<verdict::StoredPoint> stored_points(std::vector<history::SeriesPoint> points);

// The runs, by uuid, that begin a level of the series which a person has accepted.
Result<std::vector<std::string>> accepted_onsets(history::Store& store, std::int64_t series);

// Marks which of them are of a level that a baseline may rest on: what a person has accepted is
// asked of the store.
Status mark_accepted_levels(history::Store& store,
                            const history::SeriesRow& series,
                            std::vector<verdict::StoredPoint>& points);

verdict::SeriesKind kind_of(const history::Series& series);

} // namespace assay::tracking
