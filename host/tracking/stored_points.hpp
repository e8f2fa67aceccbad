// The points of a series in the history, as what baselines and verdicts are made of.
//
//   Result<std::vector<history::SeriesPoint>> read = points_of_branch(*store, series_id, "main");
//   std::vector<verdict::StoredPoint> points = stored_points(*read);
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

// The newest runs that a baseline may rest on: with more, the newest would hardly count.
inline constexpr std::size_t kSegmentRuns = 100;

// Oldest first, of one branch: a baseline never rests on runs of several. Nothing: the branch of
// the newest run.
Result<std::vector<history::SeriesPoint>> points_of_branch(
    history::Store& store, std::int64_t series, const std::optional<std::string>& branch);

std::vector<verdict::StoredPoint> stored_points(const std::vector<history::SeriesPoint>& points);

verdict::SeriesKind kind_of(const history::Series& series);

} // namespace assay::tracking
