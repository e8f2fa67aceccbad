// What a history gives up with age: points stay for ever, raw samples become sketches, artifacts
// go. Samples that something rests on are pinned and stay whole.
//
//   Result<Compacted> done = SqlRetention(db, points).compact({.now = now, .dry_run = true});
//
// One thread.
#pragma once

#include "history/sql_points.hpp"
#include "history/store.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace assay::history {

class SqlRetention {
public:
    SqlRetention(sql::Connection& db, SqlPoints& points)
        : db_(db)
        , points_(points) {}

    Result<Compacted> compact(const Retention& retention);

private:
    struct Old {
        std::int64_t run_id = 0, series_id = 0;
        std::string body;
    };

    // Pinned are: what baselines were made of, the 5 runs on either side of every accepted change
    // point, and whole runs of a tag.
    Status find_pins();
    Status pin_baselines();
    Status pin_change_points();
    Status pin_around(std::int64_t series_id, std::int64_t last_good, std::int64_t first_bad);
    [[nodiscard]] bool is_pinned(const Old& sample) const;

    Status sketch_samples(const Retention& retention, Compacted& done);
    Result<std::vector<Old>> next_old(std::int64_t before, const Old& after);
    Status sketch(const std::vector<Old>& samples, const Retention& retention, Compacted& done);
    Status remove_artifacts(const Retention& retention, Compacted& done);

    sql::Connection& db_;
    SqlPoints& points_;
    std::set<std::pair<std::int64_t, std::int64_t>> pinned_; // (series, run)
    std::set<std::int64_t> pinned_runs_;
};

} // namespace assay::history
