// A series through time. Series of several platforms stand apart: their figures are never one line.
//
//   Result<std::vector<Trend>> trends =
//       read_trends(*store, {.case_words = "router/least_latency"}, {.last = 50});
//   std::optional<double> newest = trends->front().figure(trends->front().points.back());
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"
#include "tracking/ended_series.hpp"
#include "tracking/point_statistic.hpp"
#include "tracking/series_choice.hpp"

#include <optional>
#include <vector>

namespace assay::tracking {

struct Trend {
    history::SeriesRow row;
    std::vector<history::SeriesPoint> points;          // oldest first
    std::optional<SeriesEnd> ended = {};               // nothing: it goes on
    PointStatistic statistic = PointStatistic::median; // that was asked about

    [[nodiscard]] std::optional<double> figure(const history::SeriesPoint& point) const {
        return point.figures ? figure_of(*point.figures, statistic) : std::nullopt;
    }
};

// Without a metric: `time` of the cases that have it, every metric of the others. Series without a
// point in that time are left out, and so are those that never tell the statistic; error (missing)
// where all are.
Result<std::vector<Trend>> read_trends(history::Store& store,
                                       const SeriesChoice& choice,
                                       const history::PointQuery& points,
                                       PointStatistic statistic = PointStatistic::median);

} // namespace assay::tracking
