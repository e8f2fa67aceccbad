#include "history/sql_judgement_union.hpp"

#include "history/digest.hpp"
#include "history/judgement_lines.hpp"
#include "history/sql_judgement_rows.hpp"
#include "support/text.hpp"

#include <set>
#include <utility>

namespace assay::history {

using sql::Statement;

Result<Judgements> SqlJudgementUnion::all() {
    Judgements judgements;
    for (const auto& part : {&SqlJudgementUnion::read_exclusions,
                             &SqlJudgementUnion::read_baselines,
                             &SqlJudgementUnion::read_verdicts,
                             &SqlJudgementUnion::read_gates}) {
        if (Status read = (this->*part)(judgements); !read) {
            return read.error();
        }
    }
    return judgements;
}

Status SqlJudgementUnion::read_exclusions(Judgements& into) {
    return sql::each_row(
        db_,
        "SELECT DISTINCT run.uuid, series.case_id FROM run JOIN point ON point.run_id = run.id "
        "JOIN series ON series.id = point.series_id WHERE run.n_excluded > 0 "
        "AND (point.flags & CAST($1 AS INTEGER)) <> 0 ORDER BY run.uuid, series.case_id",
        {std::int64_t{point_flag::excluded}},
        [&](const Statement& row) {
            into.exclusions.push_back({row.text(0), row.text(1)});
        });
}

Status SqlJudgementUnion::read_baselines(Judgements& into) {
    const auto rows = judgements_.every_baseline();
    if (!rows) {
        return rows.error();
    }
    std::map<std::int64_t, std::string> keys;
    Status read = sql::each_row(
        db_,
        "SELECT id, key FROM series WHERE id IN (SELECT series_id FROM baseline)",
        {},
        [&](const Statement& row) { keys.emplace(row.integer(0), hex(row.blob(1))); });
    for (const BaselineRow& row : *rows) {
        into.baselines.push_back({.series = keys[row.series_id], .row = row});
    }
    return read;
}

Status SqlJudgementUnion::read_verdicts(Judgements& into) {
    return sql::each_row(db_,
                         std::string("SELECT run.uuid, series.key, ") + kVerdictColumns +
                             " FROM verdict JOIN run ON run.id = verdict.run_id "
                             "JOIN series ON series.id = verdict.series_id "
                             "ORDER BY verdict.run_id, verdict.series_id, source",
                         {},
                         [&](const Statement& row) {
                             ToldVerdict& told = into.verdicts.emplace_back();
                             told.series = hex(row.blob(1));
                             told.row = verdict_at(row, 2);
                             told.row.run_uuid = row.text(0);
                         });
}

Status SqlJudgementUnion::read_gates(Judgements& into) {
    return sql::each_row(db_,
                         std::string("SELECT run.uuid, series.key, ") + kGateColumns +
                             " FROM gate_result JOIN run ON run.id = gate_result.run_id "
                             "LEFT JOIN series ON series.id = gate_result.series_id "
                             "ORDER BY gate_result.run_id, rule_id, coalesce(series_id, 0)",
                         {},
                         [&](const Statement& row) {
                             ToldGate& told = into.gates.emplace_back();
                             told.series = row.is_null(1) ? std::string() : hex(row.blob(1));
                             told.row = gate_row_at(row, 2);
                             told.row.run_uuid = row.text(0);
                         });
}

Result<TakenJudgements> SqlJudgementUnion::add(const Judgements& judgements) {
    TakenJudgements taken;
    Status done = sql::in_transaction(db_, [&]() -> Status {
        taken = {};
        for (const auto& part : {&SqlJudgementUnion::add_exclusions,
                                 &SqlJudgementUnion::add_baselines,
                                 &SqlJudgementUnion::add_verdicts,
                                 &SqlJudgementUnion::add_gates}) {
            if (Status added = (this->*part)(judgements, taken); !added) {
                return added;
            }
        }
        return {};
    });
    return done ? Result<TakenJudgements>(taken) : Result<TakenJudgements>(done.error());
}

Status SqlJudgementUnion::add_exclusions(const Judgements& from, TakenJudgements& taken) {
    for (const Exclusion& exclusion : from.exclusions) {
        const auto run = run_id(exclusion.run_uuid);
        if (!run) {
            return run.error();
        }
        if (!*run) {
            ++taken.left_out;
            continue;
        }
        const auto changed = judgements_.mark_excluded(**run, exclusion.case_id, true);
        if (!changed) {
            return changed.error();
        }
        ++(*changed > 0 ? taken.exclusions : taken.known);
    }
    return {};
}

Status SqlJudgementUnion::add_baselines(const Judgements& from, TakenJudgements& taken) {
    if (from.baselines.empty()) {
        return {};
    }
    Judgements here;
    if (Status read = read_baselines(here); !read) {
        return read;
    }
    std::set<std::string> there;
    for (const ToldBaseline& baseline : here.baselines) {
        there.insert(line_of(baseline));
    }
    for (const ToldBaseline& baseline : from.baselines) {
        if (!there.insert(line_of(baseline)).second) {
            ++taken.known;
            continue;
        }
        const auto series = series_id(baseline.series);
        const auto first = run_id(baseline.row.from_run);
        const auto last = run_id(baseline.row.to_run);
        if (!series || !first || !last) {
            return !series ? series.error() : !first ? first.error() : last.error();
        }
        const BaselineRow& row = baseline.row;
        if (!*series || (!row.from_run.empty() && !*first) || (!row.to_run.empty() && !*last)) {
            ++taken.left_out;
            continue;
        }
        BaselineRow told = row;
        told.series_id = **series;
        told.previous = {};
        if (const auto added = judgements_.insert_told_baseline(told); !added) {
            return added.error();
        }
        ++taken.baselines;
    }
    return {};
}

Status SqlJudgementUnion::add_verdicts(const Judgements& from, TakenJudgements& taken) {
    for (const ToldVerdict& verdict : from.verdicts) {
        const VerdictRow& row = verdict.row;
        const auto run = run_id(row.run_uuid);
        const auto series = run ? series_id(verdict.series) : run;
        if (!series) {
            return series.error();
        }
        if (!*run || !*series) {
            ++taken.left_out;
            continue;
        }
        const std::string detail = canonical_json(row.detail);
        const auto added = sql::changed_by(
            db_,
            "INSERT INTO verdict (run_id, series_id, source, verdict, severity, change, "
            "change_scale, p, mde, fence, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
            "$11) ON CONFLICT (run_id, series_id, source) DO NOTHING",
            {**run,
             **series,
             row.source,
             row.verdict,
             sql::text_or_null(row.severity),
             sql::value_or_null(row.change),
             row.change_scale,
             sql::value_or_null(row.p),
             sql::value_or_null(row.mde),
             sql::value_or_null(row.fence),
             detail});
        if (!added) {
            return added.error();
        }
        ++(*added > 0 ? taken.verdicts : taken.known);
    }
    return {};
}

Status SqlJudgementUnion::add_gates(const Judgements& from, TakenJudgements& taken) {
    for (const ToldGate& gate : from.gates) {
        const GateRow& row = gate.row;
        const auto run = run_id(row.run_uuid);
        const auto series = run ? series_id(gate.series) : run;
        if (!series) {
            return series.error();
        }
        if (!*run || (!gate.series.empty() && !*series)) {
            ++taken.left_out;
            continue;
        }
        const auto added = sql::changed_by(
            db_,
            "INSERT INTO gate_result (run_id, rule_id, series_id, verdict, figure, limit_value, "
            "op, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
            "ON CONFLICT (run_id, rule_id, coalesce(series_id, 0)) DO NOTHING",
            {**run,
             row.rule_id,
             sql::value_or_null(*series),
             row.verdict,
             sql::value_or_null(row.figure),
             sql::value_or_null(row.limit),
             row.op,
             row.source});
        if (!added) {
            return added.error();
        }
        ++(*added > 0 ? taken.gates : taken.known);
    }
    return {};
}

Result<std::optional<std::int64_t>> SqlJudgementUnion::run_id(const std::string& uuid) {
    if (const auto known = run_ids_.find(uuid); known != run_ids_.end() || uuid.empty()) {
        return uuid.empty() ? std::optional<std::int64_t>() : known->second;
    }
    auto id = runs_.id_of_uuid(uuid);
    if (id) {
        run_ids_.emplace(uuid, *id);
    }
    return id;
}

Result<std::optional<std::int64_t>> SqlJudgementUnion::series_id(const std::string& key) {
    if (const auto known = series_ids_.find(key); known != series_ids_.end() || key.empty()) {
        return key.empty() ? std::optional<std::int64_t>() : known->second;
    }
    const std::string bytes = digest_bytes(key);
    auto id = sql::first_integer(db_, "SELECT id FROM series WHERE key = $1", {sql::Blob(bytes)});
    if (id) {
        series_ids_.emplace(key, *id);
    }
    return id;
}

} // namespace assay::history
