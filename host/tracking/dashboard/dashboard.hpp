// What `assay dashboard` shows: every series of a branch with its runs, the word about its newest
// one, and what an analysis finds, as values.
//
//   Result<Dashboard> shown = read_dashboard(*store, {.now = now}, baselines, each_in_turn);
//   json::object document = dashboard_document(*shown);    // dashboard_document.hpp
//
// Reads the store; one thread at a time. Nothing of what is found is kept.
#pragma once

#include "history/baselines_file.hpp"
#include "history/store.hpp"
#include "support/result.hpp"
#include "tracking/analysis_document.hpp"
#include "tracking/run_comparison.hpp"
#include "verdict/severity.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::tracking {

struct DashboardChoice {
    std::vector<std::string> filters = {};   // of cases, as `run` takes them; none: all
    std::vector<std::string> platforms = {}; // labels, or first digits of fingerprints; none: all
    std::optional<std::string> branch = {};  // nothing: main, else master, else the newest run's
    std::optional<std::int64_t> since = {};  // started at or after
    std::int64_t now = 0;                    // runs from the future wait until theirs has come
    std::size_t runs_max = 500;              // the newest of every platform
    double threshold = 0.10;                 // a change for the worse beyond it is beyond the limit
    // The same of changes in points; / 100.
    double threshold_points = verdict::default_limits(verdict::ChangeScale::points).fail;
    std::optional<std::string> project = {}; // that we look at, for the head of the page
};

struct DashboardRun {
    history::RunRow row;
    // Commit time where it is known, else its start; later runs of one time are a little later.
    std::int64_t when = 0;
};

struct DashboardPoint {
    std::size_t run = 0; // of the branch's runs
    measure::CaseStatus status = measure::CaseStatus::passed;
    std::optional<history::Figures> figures = {};
    std::uint32_t flags = 0;
};

struct DashboardSamples {
    std::size_t run = 0;
    history::Samples samples;
};

struct SeriesLimit {
    double change = 0, figure = 0;
};

struct DashboardSeries {
    history::SeriesRow row;
    std::vector<DashboardPoint> points = {};   // in the order of runs
    std::optional<ComparedSeries> judged = {}; // its newest point; nothing: see `unjudged`
    std::string unjudged = {};                 // why not
    bool lost = false; // its newest run ought to have it and says nothing of it
    // Of its newest run, of the one before its newest step, and of others (run_samples.hpp).
    std::vector<DashboardSamples> samples = {};
    // The change at which it is beyond the limit, and the figure it has there.
    std::optional<SeriesLimit> limit = {};
};

// A case that broke in the newest run and never had a figure: no series is of it.
struct BrokenCase {
    std::string case_id;
    measure::CaseStatus status = measure::CaseStatus::failed;
};

struct DashboardBranch {
    history::Platform platform;
    std::string branch = {};
    std::string project = {}; // where those of several are shown
    // In order: those with a point, and, unless filtered, those in which all broke.
    std::vector<DashboardRun> runs = {};
    std::size_t runs_left_out = 0; // older than the newest `runs_max`
    std::vector<DashboardSeries> series = {};
    std::vector<BrokenCase> never_measured = {}; // nothing where cases are filtered
    std::optional<ShownAnalysis> analysis = {};  // nothing: too few runs to show any change
};

struct Dashboard {
    std::string where; // the history
    DashboardChoice choice;
    std::vector<DashboardBranch> branches = {}; // by platform; none: nothing is recorded
};

// Series are judged by their newest run, as long as that is one of so many that are the newest of
// some series: a case that nobody has run for long is shown, and not judged.
inline constexpr std::size_t kJudgedRuns = 8;

// More samples of one run than this are told as quantiles.
inline constexpr std::size_t kSamplesTold = 1000;

// A page of so many points is as large as it may be. Fewer leave room for the samples of other runs
// than the newest, which take that of so many points each; more than that are slow to read.
inline constexpr std::size_t kPointsBesideSamples = 90'000;
inline constexpr std::size_t kPointsPerSamples = 60;
inline constexpr std::size_t kSamplesMost = 1500;

// Of a store that has runs of several projects and is narrowed to none (`choice.project`), each by
// itself: series of one name on one machine are not one series then.
// An empty history gives a dashboard without branches. Errors besides those of the store: usage (a
// filter or platform that means nothing).
Result<Dashboard> read_dashboard(history::Store& store,
                                 const DashboardChoice& choice,
                                 const history::BaselinesFile& baselines,
                                 const ForEach& each);

} // namespace assay::tracking
