#include "history/sql_judgements.hpp"

#include "history/sql_judgement_rows.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace assay::history {

using sql::Statement;
using sql::Value;

namespace {

std::string uuids_text(const std::vector<std::string>& uuids) {
    json::array list;
    for (const std::string& uuid : uuids) {
        list.push_back(json::string(uuid));
    }
    return canonical_json(list);
}

std::vector<std::string> uuids_of(const std::string& text) {
    std::vector<std::string> uuids;
    const Result<json::value> list = parse_json(text);
    if (list && list->is_array()) {
        for (const json::value& uuid : list->get_array()) {
            if (uuid.is_string()) {
                uuids.emplace_back(uuid.get_string());
            }
        }
    }
    return uuids;
}

BaselineRow baseline_at(const Statement& row) {
    return {.id = row.integer(0),
            .series_id = row.integer(1),
            .policy = row.text(2),
            .center = row.real(3),
            .spread = sql::real_at(row, 4),
            .n = row.integer(5),
            .from_run = row.text(6),
            .to_run = row.text(7),
            .previous = sql::integer_at(row, 8),
            .who = row.text(9),
            .why = row.text(10),
            .evidence = uuids_of(row.text(11)),
            .created = row.integer(12),
            .branch = row.text(13)};
}

constexpr const char* kBaselines =
    "SELECT baseline.id, baseline.series_id, policy, center, spread, n, earliest.uuid, "
    "latest.uuid, previous, who, why, evidence, created, latest.branch FROM baseline "
    "LEFT JOIN run earliest ON earliest.id = from_run LEFT JOIN run latest ON latest.id = to_run ";

bool finite(const std::optional<double>& figure) {
    return !figure || std::isfinite(*figure);
}

Error not_finite(const std::string& what) {
    return {.kind = ErrorKind::config,
            .message = what + " has a figure that is not a finite number",
            .hint = "leave out what could not be computed"};
}

} // namespace

Result<std::int64_t> SqlJudgements::run_id(const std::string& uuid) {
    const auto id = runs_.id_of_uuid(uuid);
    if (!id) {
        return id.error();
    }
    if (!*id) {
        return Error{.kind = ErrorKind::config,
                     .message = "there is no run " + uuid + " in the history " + db_.where(),
                     .hint = "record the run before what is said about it"};
    }
    return **id;
}

Result<std::optional<std::int64_t>> SqlJudgements::run_or_none(const std::string& uuid) {
    if (uuid.empty()) {
        return std::optional<std::int64_t>();
    }
    const Result<std::int64_t> id = run_id(uuid);
    return id ? Result<std::optional<std::int64_t>>(*id) : id.error();
}

Result<std::vector<std::int64_t>>
SqlJudgements::add_baselines(const std::vector<BaselineRow>& rows) {
    std::vector<std::int64_t> ids;
    Status done = sql::in_transaction(db_, [&]() -> Status {
        ids.clear();
        for (const BaselineRow& row : rows) {
            if (!std::isfinite(row.center) || !finite(row.spread)) {
                return not_finite("a baseline of policy '" + row.policy + "'");
            }
            const Result<std::int64_t> id = insert_baseline(row);
            if (!id) {
                return id.error();
            }
            ids.push_back(*id);
        }
        return {};
    });
    return done ? Result<std::vector<std::int64_t>>(std::move(ids)) : done.error();
}

Status SqlJudgements::insert_baselines(const std::vector<BaselineRow>& rows) {
    for (const BaselineRow& row : rows) {
        if (!std::isfinite(row.center) || !finite(row.spread)) {
            return not_finite("a baseline of policy '" + row.policy + "'");
        }
        if (const auto id = insert_baseline(row); !id) {
            return id.error();
        }
    }
    return {};
}

// What is set now counts from now on, whatever the clock said of the row before it.
Result<std::int64_t> SqlJudgements::insert_baseline(const BaselineRow& row) {
    const auto newest = baselines(row.series_id);
    if (!newest) {
        return newest.error();
    }
    BaselineRow added = row;
    if (!newest->empty()) {
        added.created = std::max(row.created, newest->front().created);
        added.previous = row.previous ? row.previous : newest->front().id;
    }
    return insert_told_baseline(added);
}

Result<std::int64_t> SqlJudgements::insert_told_baseline(const BaselineRow& row) {
    const auto from = run_or_none(row.from_run);
    const auto to = run_or_none(row.to_run);
    if (!from || !to) {
        return from ? to.error() : from.error();
    }
    const std::string evidence = uuids_text(row.evidence);
    const auto id = sql::first_integer(
        db_,
        "INSERT INTO baseline (series_id, policy, center, spread, n, from_run, to_run, previous, "
        "who, why, evidence, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
        "RETURNING id",
        {row.series_id,
         row.policy,
         row.center,
         sql::value_or_null(row.spread),
         row.n,
         sql::value_or_null(*from),
         sql::value_or_null(*to),
         sql::value_or_null(row.previous),
         row.who,
         row.why,
         evidence,
         row.created});
    return id ? Result<std::int64_t>(id->value_or(0)) : id.error();
}

Result<std::vector<BaselineRow>> SqlJudgements::baselines(std::optional<std::int64_t> series_id) {
    std::vector<BaselineRow> rows;
    const auto take = [&](const Statement& row) { rows.push_back(baseline_at(row)); };
    // A number that nobody's run gave is everybody's.
    const std::string newest =
        std::string(kBaselines) +
        "WHERE NOT EXISTS (SELECT 1 FROM baseline later LEFT JOIN run ON run.id = later.to_run "
        "WHERE later.series_id = baseline.series_id AND (later.created > baseline.created OR "
        "(later.created = baseline.created AND later.id > baseline.id))" +
        scope_.and_runs_or_none("run") + ")" + scope_.and_runs_or_none("latest");
    Status read = series_id ? sql::each_row(db_, newest + " AND series_id = $1", {*series_id}, take)
                            : sql::each_row(db_, newest + " ORDER BY series_id", {}, take);
    return read ? Result<std::vector<BaselineRow>>(std::move(rows)) : read.error();
}

Result<std::vector<BaselineRow>> SqlJudgements::earlier_baselines(std::int64_t series_id) {
    std::vector<BaselineRow> rows;
    Status read = sql::each_row(
        db_,
        std::string(kBaselines) + "WHERE series_id = $1" + scope_.and_runs_or_none("latest") +
            " ORDER BY created DESC, baseline.id DESC",
        {series_id},
        [&rows](const Statement& row) { rows.push_back(baseline_at(row)); });
    return read ? Result<std::vector<BaselineRow>>(std::move(rows)) : read.error();
}

Result<std::vector<BaselineRow>> SqlJudgements::every_baseline() {
    std::vector<BaselineRow> rows;
    Status read = sql::each_row(db_,
                                std::string(kBaselines) + "ORDER BY created, baseline.id",
                                {},
                                [&](const Statement& row) { rows.push_back(baseline_at(row)); });
    return read ? Result<std::vector<BaselineRow>>(std::move(rows)) : read.error();
}

Status SqlJudgements::add_verdicts(const std::vector<VerdictRow>& rows) {
    return sql::in_transaction(db_, [&]() -> Status {
        for (const VerdictRow& row : rows) {
            if (!finite(row.change) || !finite(row.p) || !finite(row.mde) || !finite(row.fence)) {
                return not_finite("a verdict '" + row.verdict + "'");
            }
            if (Status done = insert_verdict(row); !done) {
                return done;
            }
        }
        return {};
    });
}

Status SqlJudgements::insert_verdict(const VerdictRow& row) {
    const Result<std::int64_t> run = run_id(row.run_uuid);
    if (!run) {
        return run.error();
    }
    const std::string detail = canonical_json(row.detail);
    return sql::run(
        db_,
        "INSERT INTO verdict (run_id, series_id, source, verdict, severity, change, change_scale, "
        "p, mde, fence, baseline_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
        "$12) ON CONFLICT (run_id, series_id, source) DO UPDATE SET verdict = excluded.verdict, "
        "severity = excluded.severity, change = excluded.change, change_scale = "
        "excluded.change_scale, p = excluded.p, mde = excluded.mde, fence = excluded.fence, "
        "baseline_id = excluded.baseline_id, detail = excluded.detail",
        {*run,
         row.series_id,
         row.source,
         row.verdict,
         sql::text_or_null(row.severity),
         sql::value_or_null(row.change),
         row.change_scale,
         sql::value_or_null(row.p),
         sql::value_or_null(row.mde),
         sql::value_or_null(row.fence),
         sql::value_or_null(row.baseline_id),
         detail});
}

Result<std::vector<VerdictRow>> SqlJudgements::verdicts(const std::string& run_uuid) {
    const Result<std::int64_t> run = run_id(run_uuid);
    if (!run) {
        return run.error();
    }
    std::vector<VerdictRow> rows;
    Status read = sql::each_row(db_,
                                std::string("SELECT series_id, baseline_id, ") + kVerdictColumns +
                                    " FROM verdict WHERE run_id = $1 ORDER BY series_id, source",
                                {*run},
                                [&](const Statement& row) {
                                    VerdictRow& verdict = rows.emplace_back(verdict_at(row, 2));
                                    verdict.run_uuid = run_uuid;
                                    verdict.series_id = row.integer(0);
                                    verdict.baseline_id = sql::integer_at(row, 1);
                                });
    return read ? Result<std::vector<VerdictRow>>(std::move(rows)) : read.error();
}

Status SqlJudgements::add_gate_results(const std::vector<GateRow>& rows) {
    return sql::in_transaction(db_, [&]() -> Status {
        if (Status done = forget_gate_results(rows); !done) {
            return done;
        }
        for (const GateRow& row : rows) {
            if (!finite(row.figure) || !finite(row.limit)) {
                return not_finite("a result of the rule '" + row.rule_id + "'");
            }
            if (Status done = insert_gate_result(row); !done) {
                return done;
            }
        }
        return {};
    });
}

Status SqlJudgements::forget_gate_results(const std::vector<GateRow>& rows) {
    std::set<std::string> runs;
    for (const GateRow& row : rows) {
        runs.insert(row.run_uuid);
    }
    for (const std::string& uuid : runs) {
        const Result<std::int64_t> run = run_id(uuid);
        if (!run) {
            return run.error();
        }
        if (Status done = sql::run(db_, "DELETE FROM gate_result WHERE run_id = $1", {*run});
            !done) {
            return done;
        }
    }
    return {};
}

Status SqlJudgements::insert_gate_result(const GateRow& row) {
    const Result<std::int64_t> run = run_id(row.run_uuid);
    if (!run) {
        return run.error();
    }
    return sql::run(db_,
                    "INSERT INTO gate_result (run_id, rule_id, series_id, verdict, figure, "
                    "limit_value, op, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
                    "ON CONFLICT (run_id, rule_id, coalesce(series_id, 0)) DO UPDATE SET "
                    "verdict = excluded.verdict, figure = excluded.figure, limit_value = "
                    "excluded.limit_value, op = excluded.op, source = excluded.source",
                    {*run,
                     row.rule_id,
                     sql::value_or_null(row.series_id),
                     row.verdict,
                     sql::value_or_null(row.figure),
                     sql::value_or_null(row.limit),
                     row.op,
                     row.source});
}

Result<std::vector<GateRow>> SqlJudgements::gate_results(const std::string& run_uuid) {
    const Result<std::int64_t> run = run_id(run_uuid);
    if (!run) {
        return run.error();
    }
    std::vector<GateRow> rows;
    Status read = sql::each_row(
        db_,
        std::string("SELECT series_id, ") + kGateColumns +
            " FROM gate_result WHERE run_id = $1 ORDER BY rule_id, coalesce(series_id, 0)",
        {*run},
        [&](const Statement& row) {
            GateRow& line = rows.emplace_back(gate_row_at(row, 1));
            line.run_uuid = run_uuid;
            line.series_id = sql::integer_at(row, 0);
        });
    return read ? Result<std::vector<GateRow>>(std::move(rows)) : read.error();
}

Result<std::int64_t> SqlJudgements::exclude(const std::string& run_uuid,
                                            const std::optional<std::string>& case_id,
                                            bool excluded) {
    const Result<std::int64_t> run = run_id(run_uuid);
    if (!run) {
        return run.error();
    }
    std::int64_t changed = 0;
    Status done = sql::in_transaction(db_, [&]() -> Status {
        const Result<std::int64_t> count = mark_excluded(*run, case_id, excluded);
        changed = count ? *count : 0;
        return count ? Status() : Status(count.error());
    });
    return done ? Result<std::int64_t>(changed) : done.error();
}

Result<std::int64_t> SqlJudgements::mark_excluded(std::int64_t run_id,
                                                  const std::optional<std::string>& case_id,
                                                  bool excluded) {
    const std::int64_t bit = point_flag::excluded;
    std::vector<Value> values{run_id, bit, excluded ? bit : std::int64_t{0}};
    std::string update = "UPDATE point SET flags = (flags & ~CAST($2 AS INTEGER)) | "
                         "CAST($3 AS INTEGER) WHERE run_id = $1 "
                         "AND (flags & CAST($2 AS INTEGER)) <> CAST($3 AS INTEGER)";
    if (case_id) {
        update += " AND series_id IN (SELECT id FROM series WHERE case_id = $4)";
        values.emplace_back(std::string_view(*case_id));
    }
    const Result<std::int64_t> count = sql::changed_by(db_, update, values);
    if (!count) {
        return count;
    }
    Status counted = sql::run(db_,
                              "UPDATE run SET n_excluded = n_excluded + $2 WHERE id = $1",
                              {run_id, excluded ? *count : -*count});
    return counted ? count : Result<std::int64_t>(counted.error());
}

} // namespace assay::history
