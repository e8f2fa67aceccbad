#include "history/sql_recording.hpp"

#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <iterator>
#include <utility>

namespace assay::history {

using sql::Blob;
using sql::Value;

namespace {

Error another_content(const Run& run, const std::string& there, const std::string& now) {
    return {.kind = ErrorKind::protocol,
            .message = fmt::format("run {} is in the history with other figures: there {}, now {}",
                                   run.uuid,
                                   hex(there).substr(0, 16),
                                   hex(now).substr(0, 16)),
            .hint = "two different runs have one uuid: find out which is real; the history keeps "
                    "the first"};
}

std::optional<std::int64_t> as_integer(const std::optional<bool>& truth) {
    return truth ? std::optional<std::int64_t>(*truth ? 1 : 0) : std::nullopt;
}

void bind_figures(sql::Statement& row, const std::optional<Figures>& figures) {
    constexpr int kFirst = 5;
    if (!figures) {
        for (int i = 0; i < 10; ++i) {
            row.bind_null(kFirst + i);
        }
        return;
    }
    row.bind(kFirst, static_cast<std::int64_t>(figures->n));
    row.bind(kFirst + 1, static_cast<std::int64_t>(figures->n_launches));
    row.bind(kFirst + 2, figures->center);
    int index = kFirst + 3;
    for (const std::optional<double>* figure : {&figures->lo,
                                                &figures->hi,
                                                &figures->spread,
                                                &figures->min,
                                                &figures->max,
                                                &figures->p95,
                                                &figures->p99}) {
        if (*figure) {
            row.bind(index, **figure);
        } else {
            row.bind_null(index);
        }
        ++index;
    }
}

void bind_point(sql::Statement& row, const Point& point, const PointKey& key) {
    row.bind(1, key.series_id);
    row.bind(2, key.run_id);
    sql::bind(row, 3, key.build);
    row.bind(4, static_cast<std::int64_t>(point.status));
    bind_figures(row, point.figures);
    row.bind(15, std::int64_t{point.flags});
}

void bind_sample(sql::Statement& row, const EncodedSamples& samples, const PointKey& key) {
    row.bind(1, key.run_id);
    row.bind(2, key.series_id);
    row.bind(3, samples.encoding);
    row.bind_blob(4, samples.body);
}

// PostgreSQL's tables of points and samples are divided by month and carry the start of the run.
std::vector<std::string> with_start(sql::Dialect dialect, std::vector<std::string> columns) {
    if (dialect == sql::Dialect::postgres) {
        columns.emplace_back("started");
    }
    return columns;
}

constexpr const char* kInsertRun =
    "INSERT INTO run (uuid, project_id, parent_run_id, started, finished, kind, trigger, mode, "
    "seed, argv, sha, parent_sha, merge_base, branch, dirty, author_time, commit_time, "
    "platform_id, env_id, host_version, host_score, calibration, isolation, status, "
    "idempotency_key, group_uuid, shard, n_shards, attempt, fence, metadata, content, n_points, "
    "n_failures, n_excluded) VALUES ($1, $2, (SELECT id FROM run WHERE uuid = $3), $4, $5, $6, $7, "
    "$8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, "
    "$27, $28, $29, $30, $31, $32, $33, $34, $35) RETURNING id";

std::string argv_of(const Run& run) {
    json::array words;
    for (const std::string& word : run.argv) {
        words.push_back(json::string(word));
    }
    return canonical_json(words);
}

std::int64_t excluded_in(const Run& run) {
    std::int64_t count = 0;
    for (const Point& point : run.points) {
        count += (point.flags & point_flag::excluded) != 0 ? 1 : 0;
    }
    return count;
}

} // namespace

Result<PreparedRun> prepare(const Run& run) {
    Result<CheckedRun> checked = check(run);
    if (!checked) {
        return checked.error();
    }
    PreparedRun prepared{.run = run, .checked = std::move(*checked), .samples = {}};
    prepared.samples.reserve(run.points.size());
    for (const Point& point : run.points) {
        prepared.samples.push_back(is_empty(point.samples) ? EncodedSamples{}
                                                           : encode(point.samples));
    }
    return prepared;
}

Result<std::vector<PreparedRun>> prepare_all(std::span<const Run> runs) {
    const auto prepared = [](std::span<const Run> some) -> Result<std::vector<PreparedRun>> {
        std::vector<PreparedRun> ready;
        ready.reserve(some.size());
        for (const Run& run : some) {
            Result<PreparedRun> one = prepare(run);
            if (!one) {
                return one.error();
            }
            ready.push_back(std::move(*one));
        }
        return ready;
    };
    if (runs.size() < 2) {
        return prepared(runs);
    }
    const std::size_t half = runs.size() / 2;
    auto later = std::async(std::launch::async, prepared, runs.subspan(half));
    Result<std::vector<PreparedRun>> all = prepared(runs.first(half));
    Result<std::vector<PreparedRun>> rest = later.get();
    if (!all || !rest) {
        return all ? rest.error() : all.error(); // the first of them
    }
    std::ranges::move(*rest, std::back_inserter(*all));
    return all;
}

Result<Recorded> SqlRecording::write(const PreparedRun& prepared, bool alone) {
    const Result<bool> known = is_known(prepared);
    if (!known) {
        return known.error();
    }
    if (*known) {
        return Recorded::known;
    }
    const Result<Place> place = write_run(prepared, alone);
    if (!place) {
        return place.error();
    }
    if (Status done = write_builds(prepared.run, place->run_id); !done) {
        return done.error();
    }
    const Result<std::vector<PointKey>> keys = keys_of(prepared, *place);
    if (!keys) {
        return keys.error();
    }
    if (Status done = write_points(prepared, *keys); !done) {
        return done.error();
    }
    if (Status done = write_samples(prepared, *keys); !done) {
        return done.error();
    }
    if (Status done = write_failures(prepared.run, place->run_id); !done) {
        return done.error();
    }
    return Recorded::added;
}

Result<bool> SqlRecording::is_known(const PreparedRun& prepared) {
    const Run& run = prepared.run;
    std::optional<std::string> content;
    Status read = sql::each_row(db_,
                                "SELECT content FROM run WHERE uuid = $1",
                                {run.uuid},
                                [&](const sql::Statement& row) { content = row.blob(0); });
    if (!read) {
        return read.error();
    }
    if (content && *content != prepared.checked.content) {
        return another_content(run, *content, prepared.checked.content);
    }
    if (content || run.delivery.idempotency_key.empty()) {
        return content.has_value();
    }
    const auto by_key = sql::first_integer(
        db_, "SELECT id FROM run WHERE idempotency_key = $1", {run.delivery.idempotency_key});
    return by_key ? Result<bool>(by_key->has_value()) : Result<bool>(by_key.error());
}

Result<json::object>
SqlRecording::metadata_of(const Run& run, std::int64_t platform_id, bool alone) {
    std::optional<std::int64_t> before;
    if (alone) {
        const auto read = sql::first_integer(
            db_,
            "SELECT started FROM run WHERE platform_id = $1 ORDER BY id DESC LIMIT 1",
            {platform_id});
        if (!read) {
            return read.error();
        }
        before = *read;
    }
    json::object metadata = run.metadata;
    if (const auto remark = clock_remark(run, before)) {
        metadata["clock"] = *remark;
    }
    return metadata;
}

Result<SqlRecording::Place> SqlRecording::write_run(const PreparedRun& prepared, bool alone) {
    const Run& run = prepared.run;
    const Result<std::int64_t> platform = names_.platform(run);
    const Result<std::int64_t> environment = platform ? names_.environment(run) : platform.error();
    const Result<std::int64_t> project = !environment          ? environment.error()
                                         : run.project.empty() ? Result<std::int64_t>(0)
                                                               : names_.project(run);
    if (!project) {
        return project.error();
    }
    const Result<json::object> metadata = metadata_of(run, *platform, alone);
    if (!metadata) {
        return metadata.error();
    }
    const std::string argv = argv_of(run);
    const std::string meta = canonical_json(*metadata);
    const GitState& git = run.git;
    const Delivery& delivery = run.delivery;
    const auto id = sql::first_integer(db_,
                                       kInsertRun,
                                       {run.uuid,
                                        run.project.empty() ? Value() : Value(*project),
                                        sql::text_or_null(run.parent_run),
                                        run.started,
                                        sql::value_or_null(run.finished),
                                        run.kind,
                                        run.trigger,
                                        run.mode,
                                        sql::value_or_null(run.seed),
                                        argv,
                                        sql::text_or_null(git.sha),
                                        sql::text_or_null(git.parent_sha),
                                        sql::text_or_null(git.merge_base),
                                        sql::text_or_null(git.branch),
                                        sql::value_or_null(as_integer(git.dirty)),
                                        sql::value_or_null(git.author_time),
                                        sql::value_or_null(git.commit_time),
                                        *platform,
                                        *environment,
                                        run.host_version,
                                        sql::value_or_null(run.host_score),
                                        sql::value_or_null(run.calibration),
                                        run.isolation,
                                        run.status,
                                        sql::text_or_null(delivery.idempotency_key),
                                        sql::text_or_null(delivery.group_uuid),
                                        sql::value_or_null(delivery.shard),
                                        sql::value_or_null(delivery.n_shards),
                                        delivery.attempt,
                                        sql::value_or_null(delivery.fence),
                                        meta,
                                        Blob(prepared.checked.content),
                                        static_cast<std::int64_t>(run.points.size()),
                                        static_cast<std::int64_t>(run.failures.size()),
                                        excluded_in(run)});
    if (!id) {
        return id.error();
    }
    return Place{.run_id = id->value_or(0), .platform_id = *platform};
}

Status SqlRecording::write_builds(const Run& run, std::int64_t run_id) {
    for (const SuiteBuild& build : run.builds) {
        const Result<std::int64_t> id = names_.build(build);
        if (!id) {
            return id.error();
        }
        if (Status done = sql::run(db_,
                                   "INSERT INTO run_build (run_id, suite_build_id) VALUES ($1, $2) "
                                   "ON CONFLICT DO NOTHING",
                                   {run_id, *id});
            !done) {
            return done;
        }
    }
    return {};
}

Result<Value> SqlRecording::build_of(const Point& point) {
    if (point.build_sha256.empty()) {
        return Value();
    }
    SuiteBuild build; // one that the run does not describe
    build.sha256 = point.build_sha256;
    const Result<std::int64_t> id = names_.build(build);
    return id ? Result<Value>(*id) : id.error();
}

Result<std::vector<PointKey>> SqlRecording::keys_of(const PreparedRun& prepared,
                                                    const Place& place) {
    const Run& run = prepared.run;
    std::vector<PointKey> keys;
    keys.reserve(run.points.size());
    for (std::size_t i = 0; i < run.points.size(); ++i) {
        const Point& point = run.points[i];
        const Result<std::int64_t> series =
            names_.series(point.series, prepared.checked.identities[i], {run, place.platform_id});
        const Result<Value> build = series ? build_of(point) : series.error();
        if (!build) {
            return build.error();
        }
        keys.push_back({.point = i, .series_id = *series, .run_id = place.run_id, .build = *build});
    }
    // In the order of the table: neighbours go to the same page.
    std::sort(keys.begin(), keys.end(), [](const PointKey& a, const PointKey& b) {
        return a.series_id < b.series_id;
    });
    return keys;
}

Status SqlRecording::write_points(const PreparedRun& prepared, const std::vector<PointKey>& keys) {
    Result<sql::Statement*> row = db_.prepare_new_rows("point",
                                                       with_start(db_.dialect(),
                                                                  {"series_id",
                                                                   "run_id",
                                                                   "suite_build_id",
                                                                   "status",
                                                                   "n",
                                                                   "n_launches",
                                                                   "center",
                                                                   "lo",
                                                                   "hi",
                                                                   "spread",
                                                                   "min",
                                                                   "max",
                                                                   "p95",
                                                                   "p99",
                                                                   "flags"}));
    if (!row) {
        return row.error();
    }
    for (const PointKey& key : keys) {
        bind_point(**row, prepared.run.points[key.point], key);
        if (db_.dialect() == sql::Dialect::postgres) {
            (*row)->bind(16, prepared.run.started);
        }
        if (const Result<bool> done = (*row)->step(); !done) {
            return done.error();
        }
    }
    return {};
}

Status SqlRecording::write_samples(const PreparedRun& prepared, const std::vector<PointKey>& keys) {
    Result<sql::Statement*> row = db_.prepare_new_rows(
        "sample", with_start(db_.dialect(), {"run_id", "series_id", "encoding", "body"}));
    if (!row) {
        return row.error();
    }
    for (const PointKey& key : keys) {
        const EncodedSamples& samples = prepared.samples[key.point];
        if (samples.body.empty()) {
            continue;
        }
        bind_sample(**row, samples, key);
        if (db_.dialect() == sql::Dialect::postgres) {
            (*row)->bind(5, prepared.run.started);
        }
        if (const Result<bool> done = (*row)->step(); !done) {
            return done.error();
        }
    }
    return {};
}

Status SqlRecording::write_failures(const Run& run, std::int64_t run_id) {
    for (const Failure& failure : run.failures) {
        // Of several reasons of a case the first is the cause.
        if (Status done = sql::run(db_,
                                   "INSERT INTO failure (run_id, case_id, status, reason) "
                                   "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                                   {run_id,
                                    failure.case_id,
                                    static_cast<std::int64_t>(failure.status),
                                    failure.reason});
            !done) {
            return done;
        }
    }
    return {};
}

} // namespace assay::history
