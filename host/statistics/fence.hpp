// How much a series changes from run to run where nothing happened, and how large a change would
// have to be to be seen.
//
//   const double usual = change_fence(segment).value_or(smallest_visible_change(segment, {}));
//
// `segment`: the runs since the last change point, one value per run. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace assay::statistics {

// Tukey's far fence, Q3 + 3 IQR, of |x_i / x_{i-1} - 1| over the last 100 points (quartiles of type
// 7), as rustc-perf judges a change by those before it. Nothing below 10 such changes; a change
// from zero is none.
[[nodiscard]] std::optional<double> change_fence(std::span<const double> segment);

struct VisibleChangeOptions {
    double alpha = 0.001;       // two-sided level of the test
    std::size_t new_runs = 1;   // whose mean is held against the segment
    double effective_share = 1; // (1 - rho)/(1 + rho) for autocorrelated runs
    double spread_floor = 0;    // resolution of the clock: no spread is smaller
};

// The relative change that a t test of new runs against the segment finds with 80 % power:
// (t_{1-alpha/2} + t_{0.8}) s sqrt((1/m + 1/n)/k) / |median|, with s = 1.4826 MAD and (n - 1) k
// degrees of freedom, at least 1. Infinite for fewer than two runs or a median of zero.
[[nodiscard]] double smallest_visible_change(std::span<const double> segment,
                                             const VisibleChangeOptions& options);

} // namespace assay::statistics
