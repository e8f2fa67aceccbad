#include "library/values.hpp"

#include "support/json.hpp"
#include "tracking/document_values.hpp"

#include <algorithm>

namespace assay::recorded {
namespace {

Instant instant_of(std::int64_t nanoseconds) {
    return Instant(std::chrono::nanoseconds(nanoseconds));
}

std::optional<Instant> instant_of(const std::optional<std::int64_t>& nanoseconds) {
    return nanoseconds ? std::optional(instant_of(*nanoseconds)) : std::nullopt;
}

std::optional<std::int64_t> nanoseconds_of(const std::optional<Instant>& instant) {
    return instant ? std::optional<std::int64_t>(instant->time_since_epoch().count())
                   : std::nullopt;
}

ErrorKind kind_of(assay::ErrorKind kind) noexcept {
    switch (kind) {
    case assay::ErrorKind::usage:
        return ErrorKind::usage;
    case assay::ErrorKind::config:
        return ErrorKind::config;
    case assay::ErrorKind::unavailable:
        return ErrorKind::unavailable;
    case assay::ErrorKind::missing:
        return ErrorKind::missing;
    case assay::ErrorKind::io:
    case assay::ErrorKind::plugin:
    case assay::ErrorKind::protocol:
    case assay::ErrorKind::untrusted:
    case assay::ErrorKind::cancelled:
        break;
    }
    return ErrorKind::io;
}

Direction direction_of(measure::Direction direction) noexcept {
    switch (direction) {
    case measure::Direction::lower:
        return Direction::lower;
    case measure::Direction::higher:
        return Direction::higher;
    case measure::Direction::none:
        break;
    }
    return Direction::none;
}

Figures figures_of(const history::Figures& figures) {
    return {.center = figures.center,
            .lo = figures.lo,
            .hi = figures.hi,
            .spread = figures.spread,
            .min = figures.min,
            .max = figures.max,
            .p95 = figures.p95,
            .p99 = figures.p99,
            .n = figures.n,
            .launches = figures.n_launches};
}

TrendPoint point_of(const history::SeriesPoint& point) {
    return {.run = point.run_uuid,
            .commit = point.sha,
            .branch = point.branch,
            .started = instant_of(point.started),
            .commit_time = instant_of(point.commit_time),
            .dirty = point.dirty,
            .status = std::string(measure::name_of(point.status)),
            .figures = point.figures ? std::optional(figures_of(*point.figures)) : std::nullopt,
            .flags = tracking::flag_names(point.flags)};
}

} // namespace

Error error_of(const assay::Error& error) {
    return {.kind = kind_of(error.kind), .message = error.message, .hint = error.hint};
}

history::RunQuery query_of(const RunFilter& filter) {
    return {.platform = filter.platform,
            .branch = filter.branch,
            .kind = filter.kind,
            .sha = filter.commit,
            .since = nanoseconds_of(filter.since),
            .limit = filter.limit};
}

history::PointQuery query_of(const TrendWindow& window) {
    return {.branch = window.branch,
            .since = nanoseconds_of(window.since),
            .last = window.last,
            .excluded_too = window.excluded_too};
}

tracking::SeriesChoice choice_of(const SeriesFilter& filter) {
    return {.case_words = filter.cases, .metric = filter.metric, .platform = filter.platform};
}

RunSummary summary_of(const history::RunRow& row) {
    return {.uuid = row.uuid,
            .project = row.project,
            .branch = row.branch,
            .commit = row.sha,
            .kind = row.kind,
            .mode = row.mode,
            .status = row.status,
            .platform = {.label = row.platform_label, .fingerprint = row.platform_fingerprint},
            .started = instant_of(row.started),
            .finished = instant_of(row.finished),
            .dirty = row.dirty,
            .host_score = row.host_score,
            .points = row.points,
            .failures = row.failures,
            .excluded = row.excluded};
}

KnownPlatform platform_of(const history::PlatformRow& row) {
    return {.platform = {.label = row.platform.label, .fingerprint = row.platform.fingerprint},
            .identity = canonical_json(row.platform.identity),
            .first_seen = instant_of(row.first_seen),
            .runs = row.runs};
}

Series series_of(const history::Series& series) {
    return {
        .case_id = series.case_id,
        .suite = series.suite,
        .family = series.family,
        .metric = series.metric,
        .unit = series.unit,
        .direction = direction_of(series.direction),
        .platform = {.label = series.platform.label, .fingerprint = series.platform.fingerprint}};
}

Trend trend_of(const tracking::Trend& trend) {
    Trend given{.series = series_of(trend.row.series), .points = {}};
    std::ranges::transform(trend.points, std::back_inserter(given.points), point_of);
    return given;
}

Stats stats_of(const history::StoreStats& stats, const std::string& place) {
    return {.place = place,
            .schema = stats.schema,
            .runs = stats.runs,
            .points = stats.points,
            .series = stats.series,
            .platforms = stats.platforms,
            .failures = stats.failures,
            .first_run = instant_of(stats.first_run),
            .last_run = instant_of(stats.last_run),
            .bytes = stats.bytes};
}

Baseline baseline_of(const tracking::SeriesBaseline& baseline) {
    const std::optional<history::BaselineFigure> current = baseline.current();
    Baseline given{.series = series_of(baseline.row.series)};
    if (current) {
        given.source = baseline.stored ? BaselineSource::history : BaselineSource::file;
        given.value = current->value;
        given.spread = current->spread;
        given.runs = current->runs;
        given.policy = current->policy;
        given.evidence = current->evidence;
    }
    if (baseline.stored && !baseline.is_withdrawn()) {
        given.who = baseline.stored->who;
        given.why = baseline.stored->why;
        given.evidence = baseline.stored->evidence;
    }
    return given;
}

Baseline baseline_of(const history::Series& series, const verdict::BaselineChoice& choice) {
    Baseline given{.series = series_of(series), .reason = choice.reason};
    if (choice.baseline) {
        given.source = BaselineSource::runs;
        given.value = choice.baseline->center;
        given.spread = choice.baseline->spread();
        given.runs = static_cast<std::int64_t>(choice.baseline->n);
        given.policy = std::string(verdict::name_of(choice.baseline->policy));
        given.evidence = choice.baseline->runs;
    }
    return given;
}

} // namespace assay::recorded
