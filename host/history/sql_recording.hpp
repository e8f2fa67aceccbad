// Writes runs: every row of one or none. What can be done before the database is locked is done
// before (checks, encoding of samples, hashes): other writers wait for the rest.
//
//   Result<PreparedRun> prepared = prepare(run);
//   Result<Recorded> recorded = recording.write(*prepared);   // within a writing transaction
//
// One thread.
#pragma once

#include "history/run_check.hpp"
#include "history/sample_codec.hpp"
#include "history/sql_names.hpp"
#include "history/store.hpp"

#include <span>
#include <string>
#include <vector>

namespace assay::history {

// Borrows the run.
struct PreparedRun {
    const Run& run;
    CheckedRun checked;
    std::vector<EncodedSamples> samples; // of every point; an empty body: none
};

[[nodiscard]] Result<PreparedRun> prepare(const Run& run);
// All of them or the first error, half of them on a thread of its own.
[[nodiscard]] Result<std::vector<PreparedRun>> prepare_all(std::span<const Run> runs);

struct PointKey {
    std::size_t point = 0; // which of the run's
    std::int64_t series_id = 0, run_id = 0;
    sql::Value build; // NULL: not known
};

class SqlRecording {
public:
    explicit SqlRecording(sql::Connection& db)
        : db_(db)
        , names_(db) {}

    // `alone`: the run was measured just now, so that its clock can be held against the run before
    // it; one of many that arrive together may be older than all that is there.
    Result<Recorded> write(const PreparedRun& prepared, bool alone);

    // After a transaction that was rolled back.
    void forget() { names_.forget(); }

private:
    struct Place {
        std::int64_t run_id = 0, platform_id = 0;
    };

    Result<bool> is_known(const PreparedRun& prepared);
    Result<Place> write_run(const PreparedRun& prepared, bool alone);
    Result<json::object> metadata_of(const Run& run, std::int64_t platform_id, bool alone);
    Status write_builds(const Run& run, std::int64_t run_id);
    Result<sql::Value> build_of(const Point& point);
    Result<std::vector<PointKey>> keys_of(const PreparedRun& prepared, const Place& place);
    // One table after the other: many rows of a table travel together.
    Status write_points(const PreparedRun& prepared, const std::vector<PointKey>& keys);
    Status write_samples(const PreparedRun& prepared, const std::vector<PointKey>& keys);
    Status write_failures(const Run& run, std::int64_t run_id);

    sql::Connection& db_;
    SqlNames names_;
};

} // namespace assay::history
