#include "history/sql_judgement_rows.hpp"

#include "history/sql_runs.hpp"

namespace assay::history {

VerdictRow verdict_at(const sql::Statement& row, int column) {
    VerdictRow verdict;
    verdict.source = row.text(column);
    verdict.verdict = row.text(column + 1);
    verdict.severity = row.text(column + 2);
    verdict.change = sql::real_at(row, column + 3);
    verdict.p = sql::real_at(row, column + 4);
    verdict.mde = sql::real_at(row, column + 5);
    verdict.fence = sql::real_at(row, column + 6);
    verdict.change_scale = row.text(column + 7);
    verdict.detail = object_of(row.text(column + 8));
    return verdict;
}

GateRow gate_row_at(const sql::Statement& row, int column) {
    GateRow line;
    line.rule_id = row.text(column);
    line.verdict = row.text(column + 1);
    line.op = row.text(column + 2);
    line.source = row.text(column + 3);
    line.figure = sql::real_at(row, column + 4);
    line.limit = sql::real_at(row, column + 5);
    return line;
}

} // namespace assay::history
