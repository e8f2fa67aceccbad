#include "tracking/stored_points.hpp"

#include "verdict/levels.hpp"

#include <assay/abi/suite.h>

#include <utility>

namespace assay::tracking {
namespace {

using history::SeriesPoint;
using verdict::StoredPoint;

// Of the canonical JSON that a build's toolchain is kept as.
std::string compiler_of(std::string_view toolchain) {
    const Result<json::value> value = parse_json(toolchain);
    return value && value->is_object() ? json_string(value->get_object(), "compiler")
                                       : std::string();
}

StoredPoint stored_point(SeriesPoint&& point, const std::string& compiler) {
    namespace flag = history::point_flag;
    const auto has = [&point](std::uint32_t bit) { return (point.flags & bit) != 0; };
    return {.run = std::move(point.run_uuid),
            .figure = point.figures ? std::optional(point.figures->center) : std::nullopt,
            .outlier = has(flag::outlier),
            .environment_shift = has(flag::environment_shift),
            .excluded = has(flag::excluded),
            .drift = has(flag::drift),
            .dirty = point.dirty.value_or(false),
            .time = point.commit_time.value_or(point.started),
            .sha = std::move(point.sha),
            .compiler = compiler};
}

} // namespace

Result<std::vector<SeriesPoint>> points_of_branch(history::Store& store,
                                                  std::int64_t series,
                                                  const std::optional<std::string>& branch) {
    history::PointQuery query{.branch = branch, .last = branch ? kRunsLookedAt : 1};
    Result<std::vector<SeriesPoint>> points = store.points(series, query);
    if (!points || branch || points->empty()) {
        return points;
    }
    const std::string newest = points->back().branch;
    query.branch = newest.empty() ? std::nullopt : std::optional(newest);
    query.last = kRunsLookedAt;
    points = store.points(series, query);
    if (points && newest.empty()) { // runs that no branch is known of
        std::erase_if(*points, [](const SeriesPoint& point) { return !point.branch.empty(); });
    }
    return points;
}

std::vector<StoredPoint> stored_points(std::vector<SeriesPoint> points) {
    std::vector<StoredPoint> out;
    out.reserve(points.size());
    // Of the run before: reading it again takes longer than all else.
    std::string_view toolchain;
    std::string compiler;
    for (SeriesPoint& point : points) {
        if (point.toolchain != toolchain) {
            toolchain = point.toolchain;
            compiler = compiler_of(toolchain);
        }
        out.push_back(stored_point(std::move(point), compiler));
    }
    return out;
}

Result<std::vector<std::string>> accepted_onsets(history::Store& store, std::int64_t series) {
    const auto changes = store.change_points(series);
    if (!changes) {
        return changes.error();
    }
    std::vector<std::string> expected;
    for (const history::ChangePointRow& change : *changes) {
        if (change.state == "expected") {
            expected.push_back(change.first_bad);
        }
    }
    return expected;
}

Status mark_accepted_levels(history::Store& store,
                            const history::SeriesRow& series,
                            std::vector<StoredPoint>& points) {
    const auto expected = accepted_onsets(store, series.id);
    if (!expected) {
        return expected.error();
    }
    verdict::mark_levels(points, kind_of(series.series), *expected);
    return {};
}

verdict::SeriesKind kind_of(const history::Series& series) {
    return {.unit = series.unit,
            .direction = series.direction,
            .exact = (series.flags & ASSAY_METRIC_EXACT) != 0};
}

} // namespace assay::tracking
