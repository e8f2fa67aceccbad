// What a machine can tell apart, from a sample of known work: how much equal slices and short pairs
// of them differ, how often it interrupts, and the smallest change that a budget can find.
//
//   const Resolution resolution = resolution_of(measure::sample_machine());
//   const double change = smallest_change(resolution, 0.01, 200);   // 0.01 + 3.5 sd / sqrt(200)
//
// Pure; any thread.
#pragma once

#include "measure/machine_sample.hpp"

#include <cstddef>
#include <optional>

namespace assay::verdict {

// How much equal work differs. Spreads are robust standard deviations (1.4826 MAD) of logarithms:
// 0.01 is one percent. Of the two kernels the worse counts.
struct Spread {
    double slice_sd = 0;        // of slices, in thread CPU time
    double wall_sd = 0;         // of slices, in wall time
    double step_sd = 0;         // of ln(slice / the one before), which short pairs are made of
    double pair_sd = 0;         // of x over short pairs of equal work in one process
    double preempted_share = 0; // of slices
    double timeless_share = 0;  // of slices: the thread CPU clock stood still meanwhile
    std::size_t slices = 0, pairs = 0; // of each kernel
};

// Its own spread is that of the manner in which workers will run: pinned where that is kept, free
// where it is not. Steps and pairs are in the clock of a case that names none (both decisions:
// machine_decisions.hpp).
struct Resolution : Spread {
    Spread free; // left to the scheduler
    // Each short pair on one CPU of the mask. Nothing where there is one alone, or no permission.
    std::optional<Spread> pinned;
    std::optional<double> steal_share;
    measure::ClockCosts clocks;
    double seconds = 0; // it took
};

// Slices of one side of a short pair.
inline constexpr std::size_t kResolutionSlices = measure::kSlicesPerShortPair / 2;

[[nodiscard]] Resolution resolution_of(const measure::MachineSample& sample);

// The smallest change that so many pairs of such a spread are likely to find beyond a margin:
// margin + 3.5 sd / sqrt(pairs) (the half-width of the always-valid interval, measurement.md 8.3).
// Below seven pairs no interval is bounded: nothing.
[[nodiscard]] std::optional<double>
smallest_change(double pair_sd, double margin, std::size_t pairs);

// The same by the machine's spread; a case adds its own, which only its first pairs tell. Nothing
// where the sample had too few pairs to have a spread.
[[nodiscard]] std::optional<double>
smallest_change(const Resolution& resolution, double margin, std::size_t pairs);

// Pairs that a budget holds for each of so many cases: a pair of the usual slices, its two
// processes and the controls' fifth taken into account.
[[nodiscard]] std::size_t pairs_expected(double budget_s, std::size_t cases);

} // namespace assay::verdict
