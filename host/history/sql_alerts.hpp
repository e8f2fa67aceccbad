// Alerts in SQL, with the events that led to their state.
//
//   SqlAlerts alerts(db, runs, scope);
//   Result<std::vector<AlertRow>> all = alerts.rows();
//   Status written = alerts.write(update);      // within a transaction of the caller's
//
// One thread.
#pragma once

#include "history/found_changes.hpp"
#include "history/sql_runs.hpp"

#include <cstdint>
#include <vector>

namespace assay::history {

class SqlAlerts {
public:
    SqlAlerts(sql::Connection& db, SqlRuns& runs, const SqlScope& scope)
        : db_(db)
        , runs_(runs)
        , scope_(scope) {}

    // By id; those about runs that are looked at.
    Result<std::vector<AlertRow>> rows();
    Result<std::vector<AlertEventRow>> events(std::int64_t alert_id); // as they happened
    // Errors: a run that is not there; another state than `was` (somebody was faster).
    Status write(const AlertUpdate& update);

private:
    Result<std::int64_t> insert(const AlertRow& row, std::int64_t opened, std::int64_t last);
    Result<std::int64_t> change(const AlertUpdate& update, std::int64_t opened, std::int64_t last);

    sql::Connection& db_;
    SqlRuns& runs_;
    const SqlScope& scope_;
};

} // namespace assay::history
