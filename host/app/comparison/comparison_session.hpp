// A comparison of two builds from the verification of every case to its findings: pairs of fresh
// processes in random roles, until everything is decided or the budget is spent.
//
//   ComparisonSession session(cases, options, launcher, pairs, progress);
//   ComparisonOutcome outcome = session.run([&] { return interrupt.requested(); });
//
// run() is called once, from main's thread; verification uses the lanes, pairs one after another.
#pragma once

#include "app/comparison/asked_of_pairs.hpp"
#include "app/comparison/comparison_options.hpp"
#include "app/comparison/matched_case.hpp"
#include "app/comparison/pair_launcher.hpp"
#include "app/comparison/slice_columns.hpp"
#include "app/session/launch_figures.hpp"
#include "app/session/launcher.hpp"
#include "app/session/progress.hpp"
#include "verdict/comparison.hpp"
#include "verdict/metric_verdict.hpp"
#include "verdict/pair_figures.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace assay::app {

// One pair as it was measured: enough to recompute every figure of the comparison.
struct PairRecord {
    std::uint64_t number =
        0; // of the comparison's pairs, in the order taken: verdicts depend on it
    verdict::PairFigures figures;
    bool new_is_worker_1 = false, new_goes_first = false;
    double seconds = 0;
    std::uint64_t steal_ticks = 0;
    std::vector<double> old_times, new_times; // seconds per iteration, by slice
    SliceColumns old_slices, new_slices;      // all that was read around these and the warm-up
};

// A figure beside `time` that was judged.
struct ComparedMetric {
    verdict::MetricPairs pairs;
    verdict::MetricFinding finding;
    std::optional<double> old_median, new_median;
};

// What became of one case. `matched.fate` is final.
struct ComparedCase {
    MatchedCase matched;
    measure::CaseStatus status = measure::CaseStatus::passed; // of the side that failed first
    std::string reason;                                       // with the side's name in front
    verdict::Finding finding;                                 // of those that were compared
    std::uint64_t iterations = 0;                             // n, the same on both sides
    std::uint32_t slices = 0;                                 // per side and pair
    measure::Clock clock = measure::Clock::thread_cpu;
    bool results_differ = false; // equal inputs gave different checksums in the two builds
    bool verified = false;       // by both builds
    std::vector<std::string> notes;
    std::vector<PairRecord> pairs;
    std::vector<report::MetricResult> old_metrics, new_metrics;
    std::vector<ComparedMetric> metrics;               // compared_metrics.hpp
    std::optional<CountedWork> old_counts, new_counts; // with --counts
};

// One control: the case whose old build was held against its own copy.
struct ControlRecord {
    std::string case_id;
    std::vector<PairRecord> pairs;
};

struct ComparisonOutcome {
    std::vector<ComparedCase> cases;
    verdict::NullControl null_control = verdict::NullControl::off;
    verdict::PositiveControl positive_control = verdict::PositiveControl::off;
    std::vector<verdict::Finding> null_findings, positive_findings;
    std::vector<ControlRecord> null_records, positive_records; // of the same controls
    double budget_s = 0, seconds = 0;
    std::uint64_t pairs = 0; // those of controls included
    bool cancelled = false;
};

class ComparisonSession {
public:
    ComparisonSession(std::vector<MatchedCase> cases,
                      const ComparisonOptions& options,
                      Launcher& launcher,
                      PairLauncher& pairs,
                      Progress& progress);
    ~ComparisonSession();

    ComparisonOutcome run(const std::function<bool()>& interrupted);

private:
    struct Running; // a case that is measured

    void verify_all();
    void verify(std::size_t index, std::uint32_t lane);
    bool verify_side(std::size_t index, bool new_side, std::uint32_t lane);
    [[nodiscard]] PairWish wish_for(std::size_t series);
    void enter_controls();
    void measure_all();
    void drop(std::size_t series);
    void ask_for_more();
    void take_pair(std::size_t series);
    void take_in(std::size_t series, const PairAnswer& answer, PairRecord pair);
    bool is_broken(std::size_t series, const PairAnswer& answer);
    void settle_slices(std::size_t index);
    void compare_results(std::size_t index, const PairAnswer& answer);
    void end(std::size_t index, measure::CaseStatus status, std::string reason);
    void finish();
    [[nodiscard]] double seconds_left() const;
    [[nodiscard]] bool coin();

    const ComparisonOptions& options_;
    Launcher& launcher_;
    PairLauncher& pairs_;
    Progress& progress_;
    std::function<bool()> interrupted_;
    std::chrono::steady_clock::time_point started_;
    std::mt19937_64 random_;
    ComparisonOutcome outcome_;
    std::vector<std::unique_ptr<Running>> running_; // by case; empty where it is not measured
    // What each series of the comparison measures: first the cases, then the controls.
    enum class Role { real, null_control, positive_control };

    struct SeriesPlan {
        std::size_t index = 0; // of the case
        Role role = Role::real;
        std::vector<PairRecord> control_pairs; // of a real case they stand with the case
    };

    std::vector<SeriesPlan> plans_;
    std::optional<verdict::Comparison> comparison_;
    std::optional<AskedOfPairs> asked_;
};

} // namespace assay::app
