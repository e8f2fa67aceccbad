// What the recorded runs of a series say about a new figure: how much it changed, whether that is
// more than runs differ anyway, and the smallest change that would have been seen.
//
//   StoredFinding found = examine({.figures = {1.31e-6}, .kind = kind, .baseline = baseline}, {});
//   if (found.is_significant && *found.change > 0) ...   // worse than runs differ
//
// The unit of noise is the run, never the interval inside one: in the field runs of one commit
// agreed to 0.2 % inside and differed by 11 % between machines. What is said here of one new run is
// a candidate, whatever its p: a change is confirmed by the runs after it.
// Formulas: section 6.2 of the specification of tracking. Pure; any thread.
#pragma once

#include "statistics/summary.hpp"
#include "verdict/baseline_policy.hpp"
#include "verdict/change_scale.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::verdict {

// Below these nothing is called a change.
inline constexpr double kFloor = 0.01;
inline constexpr double kFloorPoints = 0.005;

struct SeriesTest {
    double alpha = 0.001;
    // (1 - r) / (1 + r) of runs that resemble the run before: how much of a run each adds. 1: none
    // does.
    double effective = 1;
    std::optional<ChangeScale> scale = {}; // nothing: points for shares, else relative
    double floor = kFloor;                 // of relative and logit
    double floor_points = kFloorPoints;
    double resolution = 0;    // of the clock, in the figures' unit: runs that agree to it agree
    std::uint64_t trials = 0; // behind a share on scale logit; 0: not known
};

struct NewFigures {
    std::vector<double> figures; // of the new runs, one for each
    SeriesKind kind;
    Baseline baseline;
};

struct StoredFinding {
    ChangeScale scale = ChangeScale::relative;
    double figure = 0, center = 0;     // the mean of the new runs, and what it is held against
    std::optional<double> change = {}; // positive = worse; without a direction, positive = more
    std::optional<statistics::Interval> interval = {}; // of the change, at level 1 - alpha
    std::optional<double> p = {};                      // two-sided
    std::optional<double> mde = {};        // the smallest change found with a power of 80 %
    std::optional<double> fence = {};      // how much runs change from one to the next, at most
    std::optional<double> prediction = {}; // standard error of the change, on its scale
    std::size_t new_runs = 0, runs = 0;    // runs: behind the noise
    bool exact = false;                    // compared without statistics
    bool is_significant = false;
    bool reaches_floor = false; // always, of exact figures that differ
    bool zero_baseline = false; // there is no share of nothing
};

[[nodiscard]] StoredFinding examine(const NewFigures& news, const SeriesTest& test);

// ln(p / (1 - p)), p kept within [0.5 / trials, 1 - 0.5 / trials].
[[nodiscard]] double logit(double p, std::uint64_t trials) noexcept;

// How much runs differ where nothing changed: the standard deviation, of eight runs or more without
// what lies further than five robust deviations out (clipped to there). Not 1.4826 MAD: over the
// five runs of a young baseline that is so often too small that a test at 0.1 % would err in 2.2 %
// of all runs (0.5 % over twenty); this one errs in 0.10 to 0.14 %. NaN below two.
[[nodiscard]] double spread_of_runs(std::span<const double> figures);
[[nodiscard]] double spread_of_sorted_runs(std::span<const double> sorted); // makes no copy

// Q3 + 3 IQR of the changes from run to run over the last hundred runs; nothing below ten changes.
[[nodiscard]] std::optional<double> fence_of(std::span<const double> figures, ChangeScale scale);

} // namespace assay::verdict
