#include "history/sql_points.hpp"

#include "history/sample_codec.hpp"
#include "history/sql/where.hpp"
#include "history/sql_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace assay::history {

using sql::Statement;

namespace {

constexpr const char* kColumns =
    "SELECT n, n_launches, center, lo, hi, spread, min, max, p95, p99, "
    "run_id, status, flags, suite_build_id FROM point ";

constexpr std::size_t kReservedMax = 100'000; // whoever asks for more may get fewer
constexpr std::int64_t kManyRuns = 1'000;     // fewer find their places one by one

} // namespace

Result<std::vector<SeriesRow>> SqlPoints::series(const SeriesQuery& query) {
    sql::Where where;
    where.platform(query.platform);
    where.equal("series.case_id", query.case_id);
    where.equal("series.suite", query.suite);
    where.equal("series.metric", query.metric);
    if (scope_.is_narrow()) {
        where.also("EXISTS (SELECT 1 FROM point JOIN run ON run.id = point.run_id WHERE "
                   "point.series_id = series.id" +
                   scope_.and_runs("run") + ")");
    }
    std::vector<SeriesRow> rows;
    Status read = sql::each_row(
        db_,
        std::string("SELECT series.id, platform.fingerprint, platform.label, ") + kSeriesColumns +
            " FROM series JOIN platform ON platform.id = series.platform_id" + where.text() +
            " ORDER BY series.case_id, series.id",
        where.values(),
        [&](const Statement& row) {
            SeriesRow found{.id = row.integer(0), .series = series_at(row, 3)};
            found.series.platform = {
                .fingerprint = row.text(1), .label = row.text(2), .identity = {}};
            rows.push_back(std::move(found));
        });
    return read ? Result<std::vector<SeriesRow>>(std::move(rows)) : read.error();
}

Result<std::vector<SeriesPoint>> SqlPoints::of(std::int64_t series_id, const PointQuery& query) {
    if (Status learned = learn_new_runs(); !learned) {
        return learned.error();
    }
    // Newest first, so that where numbers are in the order of time the last so many come first.
    Result<Statement*> statement = sql::bound(
        db_, std::string(kColumns) + "WHERE series_id = $1 ORDER BY run_id DESC", {series_id});
    if (!statement) {
        return statement.error();
    }
    const bool cut_early = query.last > 0 && in_order_;
    std::vector<SeriesPoint> points;
    points.reserve(std::min(query.last == 0 ? runs_.size() : query.last, kReservedMax));
    while (!cut_early || points.size() < query.last) {
        const Result<bool> row = (*statement)->step();
        if (!row) {
            return row.error();
        }
        if (!*row) {
            break;
        }
        if (Status taken = take(**statement, query, points); !taken) {
            return taken.error();
        }
    }
    (*statement)->reset();
    std::reverse(points.begin(), points.end());
    const std::size_t passed_by = points.size();
    if (query.failures_too) {
        if (Status added = add_failures(series_id, query, points); !added) {
            return added.error();
        }
    }
    if (!in_order_ || points.size() > passed_by) {
        place_runs();
        for (SeriesPoint& point : points) {
            point.place = runs_.at(point.run_id).place;
        }
        std::stable_sort(points.begin(), points.end(), [](const auto& a, const auto& b) {
            return std::tuple(a.place, a.started, a.run_id) <
                   std::tuple(b.place, b.started, b.run_id);
        });
    }
    if (query.last > 0 && points.size() > query.last) {
        points.erase(points.begin(), points.end() - static_cast<std::ptrdiff_t>(query.last));
    }
    return points;
}

Status
SqlPoints::take(const Statement& row, const PointQuery& query, std::vector<SeriesPoint>& points) {
    const auto flags = static_cast<std::uint32_t>(row.integer(12));
    if ((flags & point_flag::excluded) != 0 && !query.excluded_too) {
        return {};
    }
    const std::int64_t run_id = row.integer(10);
    const Result<const RunFacts*> run = facts(run_id);
    if (!run) {
        return run.error();
    }
    if (!wants(**run, query)) {
        return {};
    }
    SeriesPoint& point = points.emplace_back(point_of(run_id, **run));
    point.status = status_of(row.integer(11));
    point.figures = figures_at(row, 0);
    point.flags = flags;
    if (row.is_null(13)) {
        return {};
    }
    const Result<const std::string*> text = toolchain(row.integer(13));
    if (!text) {
        return text.error();
    }
    point.toolchain = **text;
    return {};
}

bool SqlPoints::wants(const RunFacts& run, const PointQuery& query) const {
    return scope_.has(run.project_id) && (!query.branch || run.branch == *query.branch) &&
           (!query.since || run.started >= *query.since);
}

SeriesPoint SqlPoints::point_of(std::int64_t run_id, const RunFacts& run) {
    SeriesPoint point;
    point.run_id = run_id;
    point.run_uuid = run.uuid;
    point.sha = run.sha;
    point.branch = run.branch;
    point.started = run.started;
    point.commit_time = run.commit_time;
    point.dirty = run.dirty;
    point.place = run.place;
    return point;
}

// A case that broke before it had a figure left a reason and no point.
Status SqlPoints::add_failures(std::int64_t series_id,
                               const PointQuery& query,
                               std::vector<SeriesPoint>& points) {
    Status sound;
    const std::string counting =
        query.excluded_too ? "" : " AND (run.n_points = 0 OR run.n_excluded < run.n_points)";
    Status read = sql::each_row(
        db_,
        // CROSS: in this order. There are fewer failures of a case than runs of a platform.
        "SELECT failure.run_id, failure.status FROM series "
        "CROSS JOIN failure CROSS JOIN run "
        "WHERE series.id = $1 AND failure.case_id = series.case_id AND run.id = failure.run_id "
        "AND run.platform_id = series.platform_id AND (run.isolation = series.isolation OR "
        "run.isolation = '' OR "
        "series.isolation = '') AND NOT EXISTS (SELECT 1 FROM point WHERE point.series_id = "
        "series.id AND point.run_id = failure.run_id)" +
            counting,
        {series_id},
        [&](const Statement& row) {
            const std::int64_t run_id = row.integer(0);
            const Result<const RunFacts*> run = facts(run_id);
            if (!run) {
                sound = run.error();
            } else if (wants(**run, query)) {
                points.push_back(point_of(run_id, **run));
                points.back().status = status_of(row.integer(1));
            }
        });
    return read ? sound : read;
}

// Whatever needs no run's facts is left to the database, which then stops where enough is read.
Result<std::vector<LinePoint>> SqlPoints::line(std::int64_t series_id, const PointQuery& query) {
    if (Status learned = learn_new_runs(); !learned) {
        return learned.error();
    }
    const bool every_run = !query.branch && !query.since && !scope_.is_narrow();
    const bool cut_early = query.last > 0 && in_order_ && every_run;
    const auto limit = cut_early ? static_cast<std::int64_t>(query.last)
                                 : std::numeric_limits<std::int64_t>::max();
    const std::string hidden =
        query.excluded_too ? "" : fmt::format("AND flags & {} = 0 ", point_flag::excluded);
    std::vector<LinePoint> points;
    points.reserve(std::min(cut_early ? query.last : runs_.size(), kReservedMax));
    Status sound;
    Status read =
        sql::each_row(db_,
                      "SELECT run_id, center, status, flags FROM point WHERE series_id = $1 " +
                          hidden + "ORDER BY run_id DESC LIMIT $2",
                      {series_id, limit},
                      [&](const Statement& row) {
                          const std::int64_t run_id = row.integer(0);
                          if (!every_run) {
                              const Result<const RunFacts*> run = facts(run_id);
                              sound = run ? sound : Status(run.error());
                              if (!run || !wants(**run, query)) {
                                  return;
                              }
                          }
                          points.push_back({.run_id = run_id,
                                            .center = sql::real_at(row, 1),
                                            .status = status_of(row.integer(2)),
                                            .flags = static_cast<std::uint32_t>(row.integer(3))});
                      });
    if (!read || !sound) {
        return read ? sound.error() : read.error();
    }
    std::reverse(points.begin(), points.end());
    if (Status sorted = put_in_order(points); !sorted) {
        return sorted.error();
    }
    if (query.last > 0 && points.size() > query.last) {
        points.erase(points.begin(), points.end() - static_cast<std::ptrdiff_t>(query.last));
    }
    return points;
}

Result<std::vector<LineRun>> SqlPoints::runs(const PointQuery& query) {
    if (Status learned = learn_new_runs(); !learned) {
        return learned.error();
    }
    place_runs();
    std::vector<std::pair<RunPlace, LineRun>> placed;
    for (const auto& [id, run] : runs_) {
        if (wants(run, query)) {
            placed.emplace_back(run.place,
                                LineRun{.run_id = id,
                                        .uuid = std::string(run.uuid),
                                        .sha = std::string(run.sha),
                                        .started = run.started,
                                        .commit_time = run.commit_time,
                                        .dirty = run.dirty});
        }
    }
    std::ranges::sort(placed, {}, [](const auto& one) {
        return std::tuple(one.first, one.second.started, one.second.run_id);
    });
    std::vector<LineRun> runs;
    runs.reserve(placed.size());
    for (auto& [place, run] : placed) {
        runs.push_back(std::move(run));
    }
    return runs;
}

// By number is in order, unless runs came late.
Status SqlPoints::put_in_order(std::vector<LinePoint>& points) {
    if (in_order_) {
        return {};
    }
    for (const LinePoint& point : points) {
        if (const Result<const RunFacts*> run = facts(point.run_id); !run) {
            return run.error();
        }
    }
    place_runs();
    std::sort(points.begin(), points.end(), [this](const LinePoint& a, const LinePoint& b) {
        const RunFacts& first = runs_.at(a.run_id);
        const RunFacts& second = runs_.at(b.run_id);
        return std::tuple(first.place, first.started, a.run_id) <
               std::tuple(second.place, second.started, b.run_id);
    });
    return {};
}

// Anew, where an ancestor came after its descendants.
void SqlPoints::place_runs() {
    if (!misplaced_) {
        return;
    }
    misplaced_ = false;
    for (auto& [id, run] : runs_) {
        run.place = commits_.place_of(run.sha, run.when());
    }
}

Status SqlPoints::learn_new_runs() {
    const auto newest = sql::first_integer(db_, "SELECT max(id) FROM run", {});
    if (!newest) {
        return newest.error();
    }
    if (newest->value_or(0) <= newest_) {
        return {};
    }
    // Numbers may have gaps; a table of too many places costs little.
    const std::int64_t more = newest->value_or(0) - newest_;
    if (more >= kManyRuns) {
        const std::size_t expected =
            runs_.size() + std::min(static_cast<std::size_t>(more), kReservedMax);
        runs_.reserve(expected);
        commits_.reserve(expected);
    }
    return learn("id > $1 ORDER BY id", newest_);
}

Status SqlPoints::learn(const std::string& condition, std::int64_t value) {
    return sql::each_row(
        db_,
        "SELECT id, uuid, sha, branch, started, commit_time, dirty, project_id, parent_sha, "
        "merge_base FROM run WHERE " +
            condition,
        {value},
        [&](const Statement& row) {
            RunFacts run{.uuid = texts_.keep(row.view(1)),
                         .sha = texts_.keep(row.view(2)),
                         .branch = texts_.keep(row.view(3)),
                         .started = row.integer(4),
                         .commit_time = sql::integer_at(row, 5),
                         .dirty = {},
                         .project_id = sql::integer_at(row, 7),
                         .place = {}};
            if (!row.is_null(6)) {
                run.dirty = row.integer(6) != 0;
            }
            const std::int64_t id = row.integer(0);
            const CommitOrder::Added added = commits_.add(
                {.sha = run.sha, .ancestors = {row.view(8), row.view(9)}, .when = run.when()});
            run.place = added.place;
            misplaced_ = misplaced_ || added.moves_others;
            in_order_ =
                in_order_ && !added.moves_others && id > newest_ && run.place >= last_place_;
            newest_ = std::max(newest_, id);
            last_place_ = std::max(last_place_, run.place);
            runs_.emplace(id, run);
        });
}

Result<const SqlPoints::RunFacts*> SqlPoints::facts(std::int64_t run_id) {
    const auto known = runs_.find(run_id);
    if (known != runs_.end()) {
        return &known->second;
    }
    // Committed since by a writer that had taken its number before others did (PostgreSQL).
    if (Status learned = learn("id = $1", run_id); !learned) {
        return learned.error();
    }
    const auto late = runs_.find(run_id);
    if (late == runs_.end()) {
        return Error{.kind = ErrorKind::io,
                     .message = "the history " + db_.where() + " has points of a run that it lacks",
                     .hint = "put a backup in its place"};
    }
    return &late->second;
}

Status SqlPoints::learn_builds() {
    return sql::each_row(
        db_, "SELECT id, toolchain FROM suite_build", {}, [&](const Statement& row) {
            // jsonb of PostgreSQL has spaces of its own.
            const std::string text = canonical_json(object_of(row.text(1)));
            // Never again: points look at it.
            toolchains_.try_emplace(row.integer(0), text == "{}" ? std::string() : text);
        });
}

Result<const std::string*> SqlPoints::toolchain(std::int64_t build_id) {
    if (!toolchains_.contains(build_id)) {
        if (Status learned = learn_builds(); !learned) {
            return learned.error();
        }
    }
    return &toolchains_[build_id]; // "" of a build that nobody described
}

Result<std::optional<Samples>> SqlPoints::samples(std::int64_t series_id, std::int64_t run_id) {
    std::optional<Samples> found;
    Status read =
        sql::each_row(db_,
                      "SELECT encoding, body FROM sample WHERE run_id = $1 AND series_id = $2",
                      {run_id, series_id},
                      [&](const Statement& row) { found = decode(row.integer(0), row.blob(1)); });
    return read ? Result<std::optional<Samples>>(std::move(found)) : read.error();
}

} // namespace assay::history
