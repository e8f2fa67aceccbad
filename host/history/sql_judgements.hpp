// What was said about figures: baselines, verdicts, results of gates, and points that a person took
// out.
//
//   SqlJudgements judgements(db, runs, scope);
//   auto ids = judgements.add_baselines({row});   // append-only
//
// Each call is a transaction of its own. One thread.
#pragma once

#include "history/sql_runs.hpp"
#include "history/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::history {

class SqlJudgements {
public:
    SqlJudgements(sql::Connection& db, SqlRuns& runs, const SqlScope& scope)
        : db_(db)
        , runs_(runs)
        , scope_(scope) {}

    Result<std::vector<std::int64_t>> add_baselines(const std::vector<BaselineRow>& rows);
    // The same within a transaction of the caller's.
    Status insert_baselines(const std::vector<BaselineRow>& rows);
    Result<std::vector<BaselineRow>> baselines(std::optional<std::int64_t> series_id);
    // All there ever were, oldest first.
    Result<std::vector<BaselineRow>> earlier_baselines(std::int64_t series_id);
    Result<std::vector<BaselineRow>> every_baseline();

    Status add_verdicts(const std::vector<VerdictRow>& rows);
    Result<std::vector<VerdictRow>> verdicts(const std::string& run_uuid);
    Status add_gate_results(const std::vector<GateRow>& rows);
    Result<std::vector<GateRow>> gate_results(const std::string& run_uuid);

    Result<std::int64_t>
    exclude(const std::string& run_uuid, const std::optional<std::string>& case_id, bool excluded);

    // Within a writing transaction: how many points changed.
    Result<std::int64_t>
    mark_excluded(std::int64_t run_id, const std::optional<std::string>& case_id, bool excluded);
    // The same: a row of another store, as old as it says.
    Result<std::int64_t> insert_told_baseline(const BaselineRow& row);

private:
    // Of a run that has to be there.
    Result<std::int64_t> run_id(const std::string& uuid);
    // NULL for "".
    Result<std::optional<std::int64_t>> run_or_none(const std::string& uuid);
    Result<std::int64_t> insert_baseline(const BaselineRow& row);
    Status insert_verdict(const VerdictRow& row);
    Status forget_gate_results(const std::vector<GateRow>& rows); // of their runs
    Status insert_gate_result(const GateRow& row);

    sql::Connection& db_;
    SqlRuns& runs_;
    const SqlScope& scope_;
};

} // namespace assay::history
