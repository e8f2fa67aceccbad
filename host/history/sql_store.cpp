#include "history/sql_store.hpp"

#include "history/sql_judgement_union.hpp"
#include "history/sql_retention.hpp"
#include "support/text.hpp"

#include <utility>

namespace assay::history {

using sql::Statement;

SqlStore::SqlStore(std::unique_ptr<sql::Connection> connection, std::vector<std::string> warnings)
    : db_(std::move(connection))
    , warnings_(std::move(warnings))
    , recording_(*db_)
    , runs_(*db_, scope_)
    , points_(*db_, scope_)
    , judgements_(*db_, runs_, scope_)
    , change_points_(*db_, runs_, scope_)
    , alerts_(*db_, runs_, scope_)
    , outbox_(*db_) {}

Result<Recorded> SqlStore::record(const Run& run) {
    const Result<std::size_t> added = write({&run, 1}, true);
    if (!added) {
        return added.error();
    }
    return *added == 1 ? Recorded::added : Recorded::known;
}

Result<std::size_t> SqlStore::record_all(const std::vector<Run>& runs) {
    return write(runs, false);
}

Result<std::size_t> SqlStore::write(std::span<const Run> runs, bool alone) {
    Result<std::vector<PreparedRun>> prepared = prepare_all(runs);
    if (!prepared) {
        return prepared.error();
    }
    std::size_t added = 0;
    Status done = sql::in_transaction(*db_, [&]() -> Status {
        for (const PreparedRun& run : *prepared) {
            const Result<Recorded> recorded = recording_.write(run, alone);
            if (!recorded) {
                return recorded.error();
            }
            added += *recorded == Recorded::added ? 1 : 0;
        }
        return {};
    });
    if (!done) {
        recording_.forget();
        return done.error();
    }
    return added;
}

Result<std::vector<RunRow>> SqlStore::runs(const RunQuery& query) {
    return runs_.rows(query);
}

Result<std::vector<RunFacts>> SqlStore::run_facts(const RunQuery& query) {
    return runs_.facts(query);
}

Result<Run> SqlStore::run(const std::string& name) {
    return runs_.whole(name);
}

Result<std::string> SqlStore::short_name(const std::string& run_uuid) {
    return runs_.short_name(run_uuid);
}

Result<std::vector<NamedRun>> SqlStore::named_runs() {
    return runs_.named();
}

Result<std::vector<SeriesRow>> SqlStore::series(const SeriesQuery& query) {
    return points_.series(query);
}

Result<std::vector<SeriesPoint>> SqlStore::points(std::int64_t series_id, const PointQuery& query) {
    return points_.of(series_id, query);
}

Result<std::vector<std::vector<LinePoint>>>
SqlStore::lines(const std::vector<std::int64_t>& series_ids, const PointQuery& query) {
    std::vector<std::vector<LinePoint>> lines;
    lines.reserve(series_ids.size());
    for (const std::int64_t id : series_ids) {
        Result<std::vector<LinePoint>> line = points_.line(id, query);
        if (!line) {
            return line.error();
        }
        lines.push_back(std::move(*line));
    }
    return lines;
}

Result<std::vector<LineRun>> SqlStore::line_runs(const PointQuery& query) {
    return points_.runs(query);
}

Result<std::optional<Samples>> SqlStore::samples(std::int64_t series_id, std::int64_t run_id) {
    return points_.samples(series_id, run_id);
}

Result<std::vector<PlatformRow>> SqlStore::platforms() {
    std::vector<PlatformRow> rows;
    Status read = sql::each_row(
        *db_,
        "SELECT fingerprint, label, identity, first_seen, (SELECT count(*) FROM run WHERE "
        "platform_id = platform.id) FROM platform ORDER BY label, fingerprint",
        {},
        [&](const Statement& row) {
            rows.push_back({.platform = {.fingerprint = row.text(0),
                                         .label = row.text(1),
                                         .identity = object_of(row.text(2))},
                            .first_seen = row.integer(3),
                            .runs = row.integer(4)});
        });
    return read ? Result<std::vector<PlatformRow>>(std::move(rows)) : read.error();
}

Result<StoreStats> SqlStore::stats() {
    StoreStats stats;
    Status read =
        sql::each_row(*db_,
                      "SELECT count(*), CAST(coalesce(sum(n_points), 0) AS BIGINT), "
                      "CAST(coalesce(sum(n_failures), 0) AS BIGINT), min(started), max(started), "
                      "(SELECT count(*) FROM series), (SELECT count(*) FROM platform), "
                      "(SELECT max(version) FROM schema_migration) FROM run",
                      {},
                      [&](const Statement& row) {
                          stats.runs = row.integer(0);
                          stats.points = row.integer(1);
                          stats.failures = row.integer(2);
                          stats.first_run = sql::integer_at(row, 3);
                          stats.last_run = sql::integer_at(row, 4);
                          stats.series = row.integer(5);
                          stats.platforms = row.integer(6);
                          stats.schema = static_cast<int>(row.integer(7));
                      });
    if (!read) {
        return read.error();
    }
    const Result<std::uint64_t> bytes = db_->bytes();
    if (!bytes) {
        return bytes.error();
    }
    stats.bytes = *bytes;
    return stats;
}

Result<std::vector<std::string>> SqlStore::projects() {
    std::vector<std::string> names;
    Status read = sql::each_row(*db_,
                                // Asked at every start: the first run of a project ends its search.
                                "SELECT name FROM project WHERE EXISTS (SELECT 1 FROM run WHERE "
                                "run.project_id = project.id) ORDER BY 1",
                                {},
                                [&names](const Statement& row) { names.push_back(row.text(0)); });
    return read ? Result<std::vector<std::string>>(std::move(names)) : read.error();
}

Status SqlStore::look_at(const std::optional<std::string>& project) {
    scope_ = {.nameless = project && project->empty()};
    if (!project || project->empty()) {
        return {};
    }
    const auto id = sql::first_integer(*db_, "SELECT id FROM project WHERE name = $1", {*project});
    if (!id) {
        return id.error();
    }
    if (*id) {
        scope_.project_id = **id;
        return {};
    }
    const auto known = projects();
    if (!known) {
        return known.error();
    }
    return Error{.kind = ErrorKind::missing,
                 .message = "there is no run of a project '" + *project + "' in " + where() +
                            did_you_mean(*project, *known),
                 .hint = "it has runs of: " + join(*known, ", ")};
}

Status SqlStore::each_run(const RunQuery& query, const std::function<Status(Run&&)>& each) {
    return runs_.each(query, each);
}

Result<std::vector<std::int64_t>> SqlStore::add_baselines(const std::vector<BaselineRow>& rows) {
    return judgements_.add_baselines(rows);
}

Result<std::vector<BaselineRow>> SqlStore::baselines(std::optional<std::int64_t> series_id) {
    return judgements_.baselines(series_id);
}

Result<std::vector<BaselineRow>> SqlStore::earlier_baselines(std::int64_t series_id) {
    return judgements_.earlier_baselines(series_id);
}

Status SqlStore::add_verdicts(const std::vector<VerdictRow>& rows) {
    return judgements_.add_verdicts(rows);
}

Result<std::vector<VerdictRow>> SqlStore::verdicts(const std::string& run_uuid) {
    return judgements_.verdicts(run_uuid);
}

Status SqlStore::add_gate_results(const std::vector<GateRow>& rows) {
    return judgements_.add_gate_results(rows);
}

Result<std::vector<GateRow>> SqlStore::gate_results(const std::string& run_uuid) {
    return judgements_.gate_results(run_uuid);
}

Result<Judgements> SqlStore::judgements() {
    return SqlJudgementUnion(*db_, runs_, judgements_).all();
}

Result<TakenJudgements> SqlStore::add_judgements(const Judgements& judgements) {
    return SqlJudgementUnion(*db_, runs_, judgements_).add(judgements);
}

Status SqlStore::keep_analysis(const AnalysisRecord& record) {
    return sql::in_transaction(*db_, [&]() -> Status {
        Status done;
        for (const ChangePointRow& row : record.change_points) {
            done = done ? change_points_.write(row) : done;
        }
        for (const AlertUpdate& update : record.alerts) {
            done = done ? alerts_.write(update) : done;
        }
        for (const PointMark& mark : record.marks) {
            done = done ? change_points_.mark(mark) : done;
        }
        for (const NoticeRow& notice : record.notices) {
            done = done ? outbox_.put(notice) : done;
        }
        return done ? judgements_.insert_baselines(record.baselines) : done;
    });
}

Result<std::int64_t> SqlStore::exclude(const std::string& run_uuid,
                                       const std::optional<std::string>& case_id,
                                       bool excluded) {
    return judgements_.exclude(run_uuid, case_id, excluded);
}

Result<Compacted> SqlStore::compact(const Retention& retention) {
    return SqlRetention(*db_, points_).compact(retention);
}

} // namespace assay::history
