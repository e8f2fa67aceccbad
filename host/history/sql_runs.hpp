// Reads runs: as rows of a list, and whole.
//
//   SqlRuns runs(db, scope);
//   Result<std::vector<RunRow>> recent = runs.rows({.limit = 10});
//   Result<Run> run = runs.whole("latest");
//
// One thread.
#pragma once

#include "history/sql/values.hpp"
#include "history/sql_scope.hpp"
#include "history/store.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace assay::history {

class SqlRuns {
public:
    SqlRuns(sql::Connection& db, const SqlScope& scope)
        : db_(db)
        , scope_(scope) {}

    Result<std::vector<RunRow>> rows(const RunQuery& query);
    Result<std::vector<RunFacts>> facts(const RunQuery& query);
    Result<Run> whole(const std::string& name);
    Status each(const RunQuery& query, const std::function<Status(Run&&)>& take);

    // A missing one is an error (usage) that says what names a run.
    Result<std::int64_t> id_of(const std::string& name);
    Result<std::optional<std::int64_t>> id_of_latest();
    Result<std::string> short_name(const std::string& uuid);
    Result<std::vector<NamedRun>> named();
    // By its uuid alone; nothing where there is none.
    Result<std::optional<std::int64_t>> id_of_uuid(const std::string& uuid);

private:
    // Who has that name now (run_names.hpp); nothing: nobody.
    Result<std::optional<std::int64_t>> id_of_named(const std::string& name);
    Result<Run> load(std::int64_t id);
    Status load_builds(Run& run, std::int64_t id);
    Status load_points(Run& run, std::int64_t id);
    Status load_failures(Run& run, std::int64_t id);

    sql::Connection& db_;
    const SqlScope& scope_;
};

// What reading rows has in common.
[[nodiscard]] json::object object_of(const std::string& text);
[[nodiscard]] measure::CaseStatus status_of(std::int64_t number) noexcept;
// n, n_launches, center, lo, hi, spread, min, max, p95, p99, from `column` on; nothing without a
// centre.
[[nodiscard]] std::optional<Figures> figures_at(const sql::Statement& row, int column);
// case_id, suite, family, params, metric, unit, source_unit, direction, aggregate, clock, shape,
// isolation, flags.
inline constexpr const char* kSeriesColumns =
    "series.case_id, series.suite, series.family, series.params, series.metric, series.unit, "
    "series.source_unit, series.direction, series.aggregate, series.clock, series.shape, "
    "series.isolation, series.flags";
[[nodiscard]] Series series_at(const sql::Statement& row, int column);

} // namespace assay::history
