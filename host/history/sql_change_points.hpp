// Change points in SQL, and the flags that an analysis puts on points.
//
//   SqlChangePoints changes(db, runs, scope);
//   Result<std::vector<ChangePointRow>> all = changes.rows(std::nullopt);
//   Status written = changes.write(row);      // within a transaction of the caller's
//
// One thread.
#pragma once

#include "history/found_changes.hpp"
#include "history/sql_runs.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace assay::history {

class SqlChangePoints {
public:
    SqlChangePoints(sql::Connection& db, SqlRuns& runs, const SqlScope& scope)
        : db_(db)
        , runs_(runs)
        , scope_(scope) {}

    // By series and id; those between runs that are looked at.
    Result<std::vector<ChangePointRow>> rows(std::optional<std::int64_t> series_id);
    // Adds it, or puts it in the place of the one with its id. Errors: a run that is not there,
    // figures that are not finite.
    Status write(const ChangePointRow& row);
    Status mark(const PointMark& mark);

private:
    sql::Connection& db_;
    SqlRuns& runs_;
    const SqlScope& scope_;
};

} // namespace assay::history
