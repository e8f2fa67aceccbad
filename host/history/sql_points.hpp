// Reads lines through time: which series there are, and the points of one in the order of its runs.
//
//   SqlPoints points(db, scope);
//   Result<std::vector<SeriesRow>> series = points.series({.metric = "time"});
//   Result<std::vector<SeriesPoint>> line = points.of((*series)[0].id, {.last = 500});
//
// What every point of a run shares is read once per run and kept, since a look at 200 series would
// otherwise read each run 200 times. One thread.
#pragma once

#include "history/commit_order.hpp"
#include "history/sql/values.hpp"
#include "history/sql_scope.hpp"
#include "history/store.hpp"
#include "history/text_arena.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assay::history {

class SqlPoints {
public:
    SqlPoints(sql::Connection& db, const SqlScope& scope)
        : db_(db)
        , scope_(scope) {}

    Result<std::vector<SeriesRow>> series(const SeriesQuery& query);
    Result<std::vector<SeriesPoint>> of(std::int64_t series_id, const PointQuery& query);
    Result<std::vector<LinePoint>> line(std::int64_t series_id, const PointQuery& query);
    Result<std::vector<LineRun>> runs(const PointQuery& query);
    Result<std::optional<Samples>> samples(std::int64_t series_id, std::int64_t run_id);

private:
    struct RunFacts {
        std::string_view uuid, sha, branch; // in texts_
        std::int64_t started = 0;
        std::optional<std::int64_t> commit_time;
        std::optional<bool> dirty;
        std::optional<std::int64_t> project_id;
        RunPlace place; // right while nothing is misplaced_

        [[nodiscard]] std::int64_t when() const noexcept { return commit_time.value_or(started); }
    };

    Status learn_new_runs();
    Status learn_builds();
    Status learn(const std::string& condition, std::int64_t value);
    Result<const RunFacts*> facts(std::int64_t run_id);
    void place_runs();
    Status put_in_order(std::vector<LinePoint>& points);
    Result<const std::string*> toolchain(std::int64_t build_id);
    // Appends the row's point where the query wants it.
    Status
    take(const sql::Statement& row, const PointQuery& query, std::vector<SeriesPoint>& points);

    // Whether the query is about this run at all.
    [[nodiscard]] bool wants(const RunFacts& run, const PointQuery& query) const;
    static SeriesPoint point_of(std::int64_t run_id, const RunFacts& run);
    Status
    add_failures(std::int64_t series_id, const PointQuery& query, std::vector<SeriesPoint>& points);

    sql::Connection& db_;
    const SqlScope& scope_;
    TextArena texts_;
    std::pmr::unordered_map<std::int64_t, RunFacts> runs_{texts_.memory()};
    std::unordered_map<std::int64_t, std::string> toolchains_;
    std::int64_t newest_ = 0; // highest id among runs_
    CommitOrder commits_;
    RunPlace last_place_{.when = std::numeric_limits<std::int64_t>::min(), .step = 0};
    bool misplaced_ = false; // a run came that earlier ones were to be placed behind
    bool in_order_ = true;   // by number is by place
};

} // namespace assay::history
