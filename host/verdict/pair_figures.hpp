// What one pair says of two builds, from the times of its slices: two figures, each of them 0 in
// the middle for identical builds, since nobody knows which side is which.
//
//   PairFigures figures = pair_figures(old_times, new_times);   // seconds per iteration, by slice
//
// `x`: the median of ln(new / old), slice by slice: what a typical slice takes. It sees every
// change that most slices have, and all noise that most slices have.
//
// `quiet`: ln of the ratio of the lowest deciles. Interruptions, neighbours and slow clocks only
// ever add time, so the fast slices of a process repeat where its middle does not (Chen & Revels
// 2016, section 4); a change that spares the fast slices it does not see. Hence a verdict takes
// both.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <span>

namespace assay::verdict {

struct PairFigures {
    double x = 0, quiet = 0;
};

// Nothing where there is no slice, the sides differ in how many, or one has no positive time.
[[nodiscard]] std::optional<PairFigures> pair_figures(std::span<const double> old_times,
                                                      std::span<const double> new_times);

} // namespace assay::verdict
