#include "history/sql_runs.hpp"

#include "history/run_names.hpp"
#include "history/sample_codec.hpp"
#include "history/sql/where.hpp"
#include "history/sql_judgement_rows.hpp"
#include "history/timestamp.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>
#include <utility>

namespace assay::history {

using sql::Statement;
using sql::Value;

namespace {

constexpr std::size_t kUuidDigitsMin = 8; // fewer would often mean several
constexpr std::size_t kShaDigitsMin = 7;  // as git abbreviates

std::optional<bool> truth_at(const Statement& row, int column) {
    const auto number = sql::integer_at(row, column);
    return number ? std::optional(*number != 0) : std::nullopt;
}

std::int64_t limit_of(std::size_t limit) {
    return limit == 0 ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(limit);
}

RunRow run_row(const Statement& row) {
    RunRow run{.id = row.integer(0),
               .uuid = row.text(1),
               .project = row.text(2),
               .kind = row.text(3),
               .mode = row.text(4),
               .branch = row.text(5),
               .sha = row.text(6),
               .status = row.text(7),
               .platform_label = row.text(8),
               .platform_fingerprint = row.text(9),
               .started = row.integer(10),
               .finished = sql::integer_at(row, 11),
               .dirty = truth_at(row, 12),
               .host_score = sql::real_at(row, 13),
               .calibration = sql::real_at(row, 17),
               .points = row.integer(14),
               .failures = row.integer(15),
               .not_run = row.integer(18)};
    run.excluded = run.points > 0 && row.integer(16) == run.points;
    return run;
}

sql::Where where_of(const RunQuery& query, const SqlScope& scope) {
    sql::Where where;
    where.also(scope.runs("run"));
    where.platform(query.platform);
    where.equal("run.branch", query.branch);
    where.equal("run.kind", query.kind);
    where.equal("run.sha", query.sha);
    where.equal("project.name", query.project);
    where.at_least("run.started", query.since);
    where.at_most("run.started", query.until);
    return where;
}

// Counted where there is something to count: many runs are listed, few have failures.
const std::string kNotRun =
    fmt::format("CASE WHEN run.n_failures = 0 THEN 0 ELSE (SELECT count(*) FROM failure WHERE "
                "failure.run_id = run.id AND failure.status IN ({}, {}, {})) END",
                static_cast<int>(measure::CaseStatus::skipped),
                static_cast<int>(measure::CaseStatus::cancelled),
                static_cast<int>(measure::CaseStatus::unavailable));

constexpr const char* kJoined = " FROM run JOIN platform ON platform.id = run.platform_id "
                                "LEFT JOIN project ON project.id = run.project_id";

Error no_such_run(const std::string& name,
                  const std::string& where,
                  const std::vector<NamedRun>& named) {
    std::vector<std::string> names;
    for (const NamedRun& run : named) {
        names.push_back(run.name);
    }
    return {.kind = ErrorKind::usage,
            .message = "there is no run '" + name + "' in the history " + where +
                       did_you_mean(name, names),
            .hint =
                "a run is named by its uuid or its first 8 digits, by a commit, 'latest', or a "
                "name of 'assay history name'; 'assay history runs' lists them, with --named those "
                "that have a name"};
}

// `found`: newest first.
Error several_runs(const std::string& name, std::vector<std::string> found) {
    constexpr std::size_t kNamed = 6; // as many as a screen has room for
    const std::size_t count = found.size();
    found.resize(std::min(count, kNamed));
    return {.kind = ErrorKind::usage,
            .message = "'" + name + "' means several: " + join(found, ", ") +
                       (count > kNamed ? " and " + std::to_string(count - kNamed) + " more" : ""),
            .hint = "give more of its digits"};
}

// How many characters two texts begin with in common.
std::size_t common_digits(const std::string& one, const std::string& other) {
    const auto [end, ignored] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
    return static_cast<std::size_t>(end - one.begin());
}

void read_delivery(Run& run, const Statement& row, int column) {
    run.delivery.idempotency_key = row.text(column);
    run.delivery.group_uuid = row.text(column + 1);
    run.delivery.shard = sql::integer_at(row, column + 2);
    run.delivery.n_shards = sql::integer_at(row, column + 3);
    run.delivery.attempt = row.integer(column + 4);
    run.delivery.fence = sql::integer_at(row, column + 5);
}

void read_git(Run& run, const Statement& row, int column) {
    run.git.sha = row.text(column);
    run.git.parent_sha = row.text(column + 1);
    run.git.merge_base = row.text(column + 2);
    run.git.branch = row.text(column + 3);
    run.git.dirty = truth_at(row, column + 4);
    run.git.author_time = sql::integer_at(row, column + 5);
    run.git.commit_time = sql::integer_at(row, column + 6);
}

constexpr const char* kRunColumns =
    "SELECT run.uuid, project.name, project.repo_url, parent.uuid, run.started, run.finished, "
    "run.kind, run.trigger, run.mode, run.seed, run.argv, run.sha, run.parent_sha, run.merge_base, "
    "run.branch, run.dirty, run.author_time, run.commit_time, platform.fingerprint, "
    "platform.label, platform.identity, environment.body, run.host_version, run.host_score, "
    "run.calibration, run.isolation, run.status, run.idempotency_key, run.group_uuid, run.shard, "
    "run.n_shards, run.attempt, run.fence, run.metadata FROM run "
    "JOIN platform ON platform.id = run.platform_id "
    "JOIN environment ON environment.id = run.env_id "
    "LEFT JOIN project ON project.id = run.project_id "
    "LEFT JOIN run parent ON parent.id = run.parent_run_id WHERE run.id = $1";

Run run_head(const Statement& row) {
    Run run;
    run.uuid = row.text(0);
    run.project = row.text(1);
    run.repo_url = row.text(2);
    run.parent_run = row.text(3);
    run.started = row.integer(4);
    run.finished = sql::integer_at(row, 5);
    run.kind = row.text(6);
    run.trigger = row.text(7);
    run.mode = row.text(8);
    run.seed = sql::integer_at(row, 9);
    const Result<json::value> argv = parse_json(row.text(10));
    if (argv && argv->is_array()) {
        for (const json::value& word : argv->get_array()) {
            run.argv.emplace_back(word.is_string() ? std::string(word.get_string()) : "");
        }
    }
    read_git(run, row, 11);
    run.platform = {
        .fingerprint = row.text(18), .label = row.text(19), .identity = object_of(row.text(20))};
    run.environment = object_of(row.text(21));
    run.host_version = row.text(22);
    run.host_score = sql::real_at(row, 23);
    run.calibration = sql::real_at(row, 24);
    run.isolation = row.text(25);
    run.status = row.text(26);
    read_delivery(run, row, 27);
    run.metadata = object_of(row.text(33));
    return run;
}

} // namespace

Result<std::vector<RunRow>> SqlRuns::rows(const RunQuery& query) {
    sql::Where where = where_of(query, scope_);
    const std::string conditions = where.text();
    const std::string limit = where.value(limit_of(query.limit));
    std::vector<RunRow> rows;
    Status read = sql::each_row(
        db_,
        std::string("SELECT run.id, run.uuid, project.name, run.kind, run.mode, run.branch, "
                    "run.sha, run.status, platform.label, platform.fingerprint, run.started, "
                    "run.finished, run.dirty, run.host_score, run.n_points, run.n_failures, "
                    "run.n_excluded, run.calibration, ") +
            kNotRun + kJoined + conditions + " ORDER BY run.started DESC, run.id DESC LIMIT " +
            limit,
        where.values(),
        [&](const Statement& row) { rows.push_back(run_row(row)); });
    return read ? Result<std::vector<RunRow>>(std::move(rows)) : read.error();
}

Result<std::vector<RunFacts>> SqlRuns::facts(const RunQuery& query) {
    sql::Where where = where_of(query, scope_);
    const std::string conditions = where.text();
    const std::string limit = where.value(limit_of(query.limit));
    std::vector<RunFacts> facts;
    Status read = sql::each_row(
        db_,
        std::string("SELECT run.uuid, project.repo_url, run.started, environment.body, "
                    "run.metadata") +
            kJoined + " JOIN environment ON environment.id = run.env_id" + conditions +
            " ORDER BY run.started DESC, run.id DESC LIMIT " + limit,
        where.values(),
        [&facts](const Statement& row) {
            facts.push_back({.uuid = row.text(0),
                             .repo_url = row.text(1),
                             .started = row.integer(2),
                             .environment = object_of(row.text(3)),
                             .metadata = object_of(row.text(4))});
        });
    return read ? Result<std::vector<RunFacts>>(std::move(facts)) : read.error();
}

Result<std::optional<std::int64_t>> SqlRuns::id_of_uuid(const std::string& uuid) {
    return sql::first_integer(db_, "SELECT id FROM run WHERE uuid = $1", {uuid});
}

// A run from the future stays behind all others until its time has come.
Result<std::optional<std::int64_t>> SqlRuns::id_of_latest() {
    using namespace std::chrono;
    const std::int64_t now =
        duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count();
    sql::Where seen;
    seen.also(scope_.runs("run"));
    sql::Where past;
    past.at_most("started", now + kClockSlackNs);
    past.also(scope_.runs("run"));
    auto present = sql::first_integer(db_,
                                      "SELECT id FROM run" + past.text() +
                                          " ORDER BY started DESC, id DESC LIMIT 1",
                                      past.values());
    if (!present || *present) {
        return present;
    }
    return sql::first_integer(
        db_, "SELECT id FROM run" + seen.text() + " ORDER BY started, id LIMIT 1", {});
}

Result<std::int64_t> SqlRuns::id_of(const std::string& name) {
    const auto exact = name == "latest" ? id_of_latest() : id_of_uuid(name);
    if (!exact) {
        return exact.error();
    }
    if (*exact) {
        return **exact;
    }
    // Newest first: a commit may have been measured several times. An id is the same run whatever
    // project is looked at.
    for (const auto& [column, digits_min] :
         {std::pair{"uuid", kUuidDigitsMin}, std::pair{"sha", kShaDigitsMin}}) {
        if (name.size() < digits_min) {
            continue;
        }
        const bool by_commit = std::string_view(column) == "sha";
        std::optional<std::int64_t> newest;
        std::vector<std::string> found; // a commit may have several runs
        Status read = sql::each_row(
            db_,
            fmt::format("SELECT id, {0} FROM run WHERE substr({0}, 1, CAST($1 AS INTEGER)) = $2 "
                        "{1} ORDER BY started DESC, id DESC",
                        column,
                        by_commit ? scope_.and_runs("run") : ""),
            {static_cast<std::int64_t>(name.size()), name},
            [&](const Statement& row) {
                newest = newest ? newest : row.integer(0);
                if (std::string text = row.text(1); std::ranges::find(found, text) == found.end()) {
                    found.push_back(std::move(text));
                }
            });
        if (!read) {
            return read.error();
        }
        if (found.size() > 1) {
            return several_runs(name, std::move(found));
        }
        if (newest) {
            return *newest;
        }
    }
    const auto named = id_of_named(name);
    if (!named || *named) {
        return named ? Result<std::int64_t>(**named) : named.error();
    }
    const auto others = this->named();
    return others ? no_such_run(name, db_.where(), *others) : others.error();
}

// An id is the same run whatever project is looked at; a name is one of the project's.
Result<std::optional<std::int64_t>> SqlRuns::id_of_named(const std::string& name) {
    std::optional<std::int64_t> found;
    std::int64_t newest = std::numeric_limits<std::int64_t>::min();
    Status read = sql::each_row(
        db_,
        std::string("SELECT verdict.run_id, ") + kVerdictColumns +
            " FROM verdict JOIN run ON run.id = verdict.run_id WHERE verdict.source = $1" +
            scope_.and_runs("run") + " ORDER BY verdict.run_id",
        {std::string(kNameSource) + name},
        [&](const Statement& row) {
            const RunNaming naming = naming_of(verdict_at(row, 1));
            if (naming.when >= newest) {
                newest = naming.when;
                found = naming.removed ? std::nullopt : std::optional(row.integer(0));
            }
        });
    return read ? Result<std::optional<std::int64_t>>(found) : read.error();
}

Result<std::vector<NamedRun>> SqlRuns::named() {
    struct Holder {
        std::string run_uuid; // empty: it was taken back
        std::int64_t since = std::numeric_limits<std::int64_t>::min();
    };

    std::map<std::string, Holder> holders;
    Status read = sql::each_row(
        db_,
        std::string("SELECT run.uuid, ") + kVerdictColumns +
            " FROM verdict JOIN run ON run.id = verdict.run_id WHERE substr(verdict.source, 1, "
            "5) = $1" +
            scope_.and_runs("run") + " ORDER BY verdict.run_id",
        {std::string(kNameSource)},
        [&holders](const Statement& row) {
            const RunNaming naming = naming_of(verdict_at(row, 1));
            Holder& holder = holders[naming.name];
            if (naming.when >= holder.since) {
                holder = {naming.removed ? "" : row.text(0), naming.when};
            }
        });
    if (!read) {
        return read.error();
    }
    std::vector<NamedRun> named;
    for (const auto& [name, holder] : holders) {
        if (!holder.run_uuid.empty()) {
            named.push_back({name, holder.run_uuid});
        }
    }
    return named;
}

// Its neighbours in the order of names are those it has most digits in common with.
Result<std::string> SqlRuns::short_name(const std::string& uuid) {
    std::size_t digits = kUuidDigitsMin;
    Status read = sql::each_row(db_,
                                "SELECT (SELECT max(uuid) FROM run WHERE uuid < $1), "
                                "(SELECT min(uuid) FROM run WHERE uuid > $2)",
                                {uuid, uuid},
                                [&](const Statement& row) {
                                    digits = std::max({digits,
                                                       common_digits(uuid, row.text(0)) + 1,
                                                       common_digits(uuid, row.text(1)) + 1});
                                });
    if (!read) {
        return read.error();
    }
    // Never one that ends with a dash, which looks cut off.
    return uuid.substr(0, digits < uuid.size() && uuid[digits - 1] == '-' ? digits + 1 : digits);
}

Result<Run> SqlRuns::whole(const std::string& name) {
    const Result<std::int64_t> id = id_of(name);
    return id ? load(*id) : Result<Run>(id.error());
}

Status SqlRuns::each(const RunQuery& query, const std::function<Status(Run&&)>& take) {
    sql::Where where = where_of(query, scope_);
    const std::string conditions = where.text();
    const std::string limit = where.value(limit_of(query.limit));
    std::vector<std::int64_t> ids;
    // The newest so many, then in the order they were recorded.
    Status read = sql::each_row(db_,
                                std::string("SELECT id FROM (SELECT run.id AS id") + kJoined +
                                    conditions + " ORDER BY run.started DESC, run.id DESC LIMIT " +
                                    limit + ") AS chosen ORDER BY id",
                                where.values(),
                                [&](const Statement& row) { ids.push_back(row.integer(0)); });
    for (const std::int64_t id : ids) {
        if (!read) {
            break;
        }
        Result<Run> run = load(id);
        read = run ? take(std::move(*run)) : Status(run.error());
    }
    return read;
}

Result<Run> SqlRuns::load(std::int64_t id) {
    Run run;
    Status read =
        sql::each_row(db_, kRunColumns, {id}, [&](const Statement& row) { run = run_head(row); });
    for (const auto& part :
         {&SqlRuns::load_builds, &SqlRuns::load_points, &SqlRuns::load_failures}) {
        if (read) {
            read = (this->*part)(run, id);
        }
    }
    return read ? Result<Run>(std::move(run)) : read.error();
}

Status SqlRuns::load_builds(Run& run, std::int64_t id) {
    return sql::each_row(db_,
                         "SELECT sha256, plugin_id, version, toolchain FROM run_build "
                         "JOIN suite_build ON suite_build.id = run_build.suite_build_id "
                         "WHERE run_build.run_id = $1 ORDER BY sha256",
                         {id},
                         [&](const Statement& row) {
                             run.builds.push_back({.sha256 = row.text(0),
                                                   .plugin_id = row.text(1),
                                                   .version = row.text(2),
                                                   .toolchain = object_of(row.text(3))});
                         });
}

Status SqlRuns::load_points(Run& run, std::int64_t id) {
    return sql::each_row(
        db_,
        std::string("SELECT point.n, point.n_launches, point.center, point.lo, point.hi, "
                    "point.spread, point.min, point.max, point.p95, point.p99, point.status, "
                    "point.flags, suite_build.sha256, sample.encoding, sample.body, ") +
            kSeriesColumns +
            " FROM point JOIN series ON series.id = point.series_id "
            "LEFT JOIN suite_build ON suite_build.id = point.suite_build_id "
            "LEFT JOIN sample ON sample.run_id = point.run_id "
            "AND sample.series_id = point.series_id "
            "WHERE point.run_id = $1 ORDER BY series.case_id, series.id",
        {id},
        [&](const Statement& row) {
            Point point{.series = series_at(row, 15),
                        .status = status_of(row.integer(10)),
                        .figures = figures_at(row, 0),
                        .flags = static_cast<std::uint32_t>(row.integer(11)),
                        .build_sha256 = row.text(12)};
            // Its identity stands once, at the run.
            point.series.platform = {.fingerprint = run.platform.fingerprint,
                                     .label = run.platform.label,
                                     .identity = {}};
            if (!row.is_null(13)) {
                point.samples = decode(row.integer(13), row.blob(14)).value_or(Samples{});
            }
            run.points.push_back(std::move(point));
        });
}

Status SqlRuns::load_failures(Run& run, std::int64_t id) {
    return sql::each_row(
        db_,
        "SELECT case_id, status, reason FROM failure WHERE run_id = $1 ORDER BY case_id",
        {id},
        [&](const Statement& row) {
            run.failures.push_back({.case_id = row.text(0),
                                    .status = status_of(row.integer(1)),
                                    .reason = row.text(2)});
        });
}

} // namespace assay::history
