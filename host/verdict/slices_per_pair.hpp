// How many slices a pair should have where starting its processes costs much more than a slice.
//
//   auto slices = slices_per_pair({.pair_s = 0.4, .slice_s = 0.0015, .within = w, .between = b});
//
// Minimises the variance of the median over pairs for a given time: with c_pair the seconds of a
// pair without its slices and c_slice those of a slice pair, S = sqrt((c_pair / c_slice) *
// (s_within^2 / s_between^2)) (the classic allocation of two-stage sampling: Kalibera & Jones 2013,
// section 9). Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace assay::verdict {

inline constexpr std::uint32_t kSlicesPerPairLeast = 8;
inline constexpr std::uint32_t kSlicesPerPairMost = 200;

struct PairCosts {
    double pair_s = 0;  // seconds of a pair beside its slices
    double slice_s = 0; // seconds of a pair of slices
};

// `ratios`: of each pair so far the log ratios of its slices. Needs two pairs of two slices each
// and positive costs; otherwise, or where the pairs differ no more than their slices explain, the
// most. In [kSlicesPerPairLeast, kSlicesPerPairMost].
[[nodiscard]] std::uint32_t slices_per_pair(PairCosts costs,
                                            std::span<const std::vector<double>> ratios);

} // namespace assay::verdict
