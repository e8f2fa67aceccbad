// The series of a platform and branch as lines of values in the order of its runs, ready to be
// searched for changes.
//
//   Result<std::vector<BranchLines>> all = read_branch_lines(*store, {.filters = {"router/"}});
//   for (const SeriesLine& line : all->front().lines) ... line.values ...
//
// Runs of one commit are one value, their median; what did not pass, was excluded or comes of a
// dirty tree gives none. Nothing is filled in. Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"
#include "tracking/point_statistic.hpp"
#include "verdict/stored_point.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::tracking {

struct AnalysisChoice {
    // Cases as `run` takes them: ids, suite/family, expressions; ! in front excludes. None: all.
    std::vector<std::string> filters = {};
    std::optional<std::string> platform = {}; // label, or the first digits of a fingerprint
    std::optional<std::string> branch = {};   // nothing: main, else master, else the newest run's
    std::optional<std::int64_t> since = {};   // started at or after
    // The time: runs from the future wait until theirs has come. Nothing: all there are.
    std::optional<std::int64_t> now = {};
    PointStatistic statistic = PointStatistic::median; // of every point
    bool dirty_too = false; // runs of a dirty tree as values of their own
};

struct BranchRun {
    std::int64_t id = 0;
    std::string uuid = {}, sha = {};
    std::int64_t when = 0; // commit time where it is known, else its start
    std::int64_t started = 0;
    std::optional<double> calibration = {};
    bool left_out = false; // of a dirty tree: no value is of it
};

// A point of the history and the value that it went into.
struct LinePoint {
    std::size_t value = 0; // index of the line's values
    std::int64_t run_id = 0;
    std::uint32_t flags = 0;
};

struct SeriesLine {
    history::SeriesRow row;
    verdict::SeriesKind kind = {};
    std::vector<double> values = {};
    std::vector<std::size_t> runs = {}; // of each value the first run behind it: index of the runs
    std::vector<LinePoint> points = {};

    // The first value of that run or of a later one; values.size() where there is none.
    [[nodiscard]] std::size_t value_at(std::size_t run) const;
};

struct BranchLines {
    history::Platform platform;
    std::string branch = {};            // empty: of runs that no branch is known of
    std::vector<BranchRun> runs = {};   // of all lines, in order
    std::vector<SeriesLine> lines = {}; // by case and metric
    std::size_t dirty_runs = 0;
    PointStatistic statistic = PointStatistic::median; // of every run
    // Of a uuid, as many as tell every run of no commit from all others of the store.
    std::size_t name_digits = 13;

    [[nodiscard]] std::optional<std::size_t> run_index(const std::string& uuid) const;
    // The newest that is not left out.
    [[nodiscard]] std::size_t newest() const;
};

// main, else master, else that of the newest: of runs as the store lists them.
[[nodiscard]] std::string usual_branch(const std::vector<history::RunRow>& runs);

// The series that a choice means, whatever their branches. Errors besides those of the store: usage
// (a filter that matches no recorded case), missing (all were excluded, or nothing is recorded).
Result<std::vector<history::SeriesRow>> series_of(history::Store& store,
                                                  const AnalysisChoice& choice);

// By platform; those without a value are left out. Errors besides those of the store: usage (a
// filter that matches no recorded case), missing (all were excluded, nothing is recorded, or none
// tells the statistic).
Result<std::vector<BranchLines>> read_branch_lines(history::Store& store,
                                                   const AnalysisChoice& choice);

} // namespace assay::tracking
