#include "tracking/trend.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace assay::tracking {
namespace {

using history::SeriesPoint;
using history::SeriesRow;

// What everybody asks first; the others are named.
void keep_time_where_there_is_one(std::vector<SeriesRow>& rows) {
    std::set<std::string> timed;
    for (const SeriesRow& row : rows) {
        if (row.series.metric == "time") {
            timed.insert(row.series.case_id);
        }
    }
    std::erase_if(rows, [&timed](const SeriesRow& row) {
        return row.series.metric != "time" && timed.contains(row.series.case_id);
    });
}

bool is_told(const Trend& trend) {
    return std::ranges::any_of(trend.points, [&trend](const SeriesPoint& point) {
        return trend.figure(point).has_value();
    });
}

} // namespace

Result<std::vector<Trend>> read_trends(history::Store& store,
                                       const SeriesChoice& choice,
                                       const history::PointQuery& points,
                                       PointStatistic statistic) {
    Result<std::vector<SeriesRow>> rows = chosen_series(store, choice);
    if (!rows) {
        return rows.error();
    }
    if (!choice.metric) {
        keep_time_where_there_is_one(*rows);
    }
    const auto ended = ended_series(store, *rows);
    if (!ended) {
        return ended.error();
    }
    history::PointQuery with_failures = points;
    with_failures.failures_too = true; // what broke is a row that says so, never a gap
    std::vector<Trend> trends;
    for (SeriesRow& row : *rows) {
        Result<std::vector<SeriesPoint>> of_it = store.points(row.id, with_failures);
        if (!of_it) {
            return of_it.error();
        }
        if (!of_it->empty()) {
            const auto end = ended->find(row.id);
            trends.push_back(
                {.row = std::move(row),
                 .points = std::move(*of_it),
                 .ended = end == ended->end() ? std::nullopt : std::optional(end->second),
                 .statistic = statistic});
        }
    }
    if (trends.empty()) {
        return Error{.kind = ErrorKind::missing,
                     .message = "none of the " + std::to_string(rows->size()) +
                                " series that match has a point in that time and branch",
                     .hint = "look further back with --days or --since, or leave --branch away"};
    }
    const std::size_t seen = trends.size();
    if (statistic != PointStatistic::median) {
        std::erase_if(trends, [](const Trend& trend) { return !is_told(trend); });
    }
    if (trends.empty()) {
        return untold(statistic, seen, store.where());
    }
    return trends;
}

} // namespace assay::tracking
