// Rows of verdicts and of gates' lines, read in one way whoever asks: of one run, or of all that is
// told to another store.
//
//   each_row(db, "SELECT series_id, " + std::string(kVerdictColumns) + " FROM verdict ...", {},
//            [&](const Statement& row) { VerdictRow verdict = verdict_at(row, 1); });
//
// The caller adds which run and series they are about. Pure; any thread.
#pragma once

#include "history/sql/values.hpp"
#include "history/store.hpp"

namespace assay::history {

inline constexpr const char* kVerdictColumns =
    "verdict.source, verdict.verdict, verdict.severity, verdict.change, verdict.p, verdict.mde, "
    "verdict.fence, verdict.change_scale, verdict.detail";

// From nine columns on.
VerdictRow verdict_at(const sql::Statement& row, int column);

inline constexpr const char* kGateColumns =
    "gate_result.rule_id, gate_result.verdict, gate_result.op, gate_result.source, "
    "gate_result.figure, gate_result.limit_value";

// From six columns on.
GateRow gate_row_at(const sql::Statement& row, int column);

} // namespace assay::history
