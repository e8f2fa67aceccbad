// What a report advises, each sentence made of a figure: rules that are given figures and speak, or
// are silent. No figure, no sentence.
//
//   if (auto said = recommend(CacheFigure{.of = source, .hit_rate = 0.31, ...})) print(said->text);
//   Recommendations all = recommendations(figures);        // bounded; what is left out is counted
//
// Every recommendation names its rule, its figure with unit, the series and the run that it is of,
// and the limit that made it speak. Pure; any thread.
#pragma once

#include "verdict/change_scale.hpp"
#include "verdict/stored_series.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::tracking {

// Whose figure it is.
struct FigureSource {
    std::string case_id = {}, metric = {}; // empty: of the machine
    std::string platform = {}, run = {};   // run: its uuid
};

struct Recommendation {
    std::string rule; // "cache-hit-rate"
    std::string text;
    double figure = 0;
    std::string unit; // "1" of shares
    FigureSource of;
    double limit = 0;
    std::string limit_unit, limit_why;
    double weight = 0; // the gravest of a rule first
};

// A cache serves less than this: below it NFCS sets out to tune (it wants 90 %); PyMDP's gate asks
// for 20 % at least, which is a floor and no goal.
inline constexpr double kLowHitRate = 0.80;
// A larger cache is advised where it had this much more in the same run, in points: less does not
// pay for its memory.
inline constexpr double kHitRateGain = 0.02;

struct CacheFigure {
    FigureSource of;
    double hit_rate = 0;
    std::optional<double> miss_rate = {};
    std::string capacity = {}; // "limit=65536"; empty: it has no such axis

    struct Other {
        std::string capacity;
        double hit_rate = 0;
    };

    std::vector<Other> larger = {}; // larger caches of the same case in the same run
};

std::optional<Recommendation> recommend(const CacheFigure& figure);

// A drift is found by a test for trend; of memory this much over its length is more than the
// granularity of pages and heaps explains.
inline constexpr double kMemoryGrowth = 0.05;
// Of anything else: three times what is called a change at all (1 %).
inline constexpr double kDriftUpward = 0.03;
inline constexpr double kDriftPoints = 0.015; // of shares

struct DriftFigure {
    FigureSource of;
    bool is_memory = false;
    double change = 0; // over its length, of `first` or in points; positive = worse
    verdict::ChangeScale scale = verdict::ChangeScale::relative;
    double first = 0, last = 0; // the ends of its line
    std::string unit = {};
    std::size_t values = 0;
    double p = 1;
};

std::optional<Recommendation> recommend(const DriftFigure& figure);

// Launches of one build in one run that differ by more than this (robust standard deviation over
// median) hide changes of ten per cent, the limit that warns.
inline constexpr double kLaunchSpread = 0.05;
inline constexpr std::size_t kSpreadLaunches = 3; // fewer show no spread

struct SpreadFigure {
    FigureSource of;
    double spread = 0; // a share of the median
    std::size_t launches = 0;
};

std::optional<Recommendation> recommend(const SpreadFigure& figure);

// Allocations are counted, not timed: one in a hundred operations more is a change of the program.
inline constexpr double kAllocationsRise = 0.01;

struct AllocationFigure {
    FigureSource of;
    double before = 0, now = 0; // per operation
};

std::optional<Recommendation> recommend(const AllocationFigure& figure);

// Robust spread of equal work: beyond it the gates take a shared runner's figures for nothing
// (verdict::kSharedRunnerScore is one less this).
inline constexpr double kNoisyHost = 0.05;

struct HostFigure {
    FigureSource of;
    double noise = 0; // lower is quieter
};

std::optional<Recommendation> recommend(const HostFigure& figure);

struct BrokenFigure {
    FigureSource of;
    std::string status = {}; // "wrong_result"
    std::size_t runs = 0;    // the newest so many, without a figure
    bool lost = false;       // the newest run says nothing of it
};

std::optional<Recommendation> recommend(const BrokenFigure& figure);

// Of anything that is called a change at all: an alert that nobody answers is forgotten.
inline constexpr double kAnsweredStep = verdict::kFloor;
inline constexpr double kAnsweredPoints = verdict::kFloorPoints; // of shares

// An open alert that nobody has answered or put off.
struct AlertFigure {
    FigureSource of;            // its gravest series; the run is the first bad one
    std::string last_good = {}; // uuid
    double change = 0;          // of that series, on `scale`; positive = worse
    verdict::ChangeScale scale = verdict::ChangeScale::relative;
    std::size_t series = 0;  // that moved with it, itself included
    std::int64_t id = 0;     // 0: not written yet
    bool is_machine = false; // many series moved at once
    bool reopened = false;   // what was said of it before is no answer to that
};

std::optional<Recommendation> recommend(const AlertFigure& figure);

// Worse than its baseline, and too new to be confirmed.
struct CandidateFigure {
    FigureSource of;
    double change = 0; // on `scale`; positive = worse
    verdict::ChangeScale scale = verdict::ChangeScale::relative;
    std::size_t runs_asked = 0; // in a row, to confirm it
};

std::optional<Recommendation> recommend(const CandidateFigure& figure);

// Series of a platform that have too few runs for a baseline.
struct YoungFigure {
    FigureSource of;            // the one with the fewest
    std::size_t series = 0;     // so many of them
    std::size_t runs = 0;       // that count, of that one
    std::size_t runs_asked = 0; // by the baseline
};

std::optional<Recommendation> recommend(const YoungFigure& figure);

struct RecommendationFigures {
    std::vector<BrokenFigure> broken = {};
    std::vector<AlertFigure> alerts = {};
    std::vector<CandidateFigure> candidates = {};
    std::vector<AllocationFigure> allocations = {};
    std::vector<DriftFigure> drifts = {};
    std::vector<CacheFigure> caches = {};
    std::vector<SpreadFigure> spreads = {};
    std::vector<HostFigure> hosts = {};
    std::vector<YoungFigure> young = {};
};

// Of one rule so many, the gravest: the twentieth series that drifts tells nothing new.
inline constexpr std::size_t kSaidOfRule = 5;

struct Recommendations {
    std::vector<Recommendation> rows = {};
    std::size_t left_out = 0;
};

[[nodiscard]] Recommendations recommendations(const RecommendationFigures& figures);

} // namespace assay::tracking
