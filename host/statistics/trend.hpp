// Whether a series climbs, and how fast, without an assumption about its noise.
//
//   if (mann_kendall(values).p < 0.001) { slope = theil_sen_slope(values); }
//
// The values stand at the places 0, 1, 2, ... Pure; any thread.
// Sources: Mann, Econometrica 13 (1945); Kendall, "Rank Correlation Methods" (1975), 4.9; Sen, JASA
// 63 (1968).
#pragma once

#include <cstdint>
#include <span>

namespace assay::statistics {

struct MannKendall {
    std::int64_t s = 0;  // pairs that rise minus pairs that fall
    double variance = 0; // of s where there is no trend, less by ties
    double p = 1;        // two-sided, with continuity correction
};

// The variance is divided by `effective_share`, (1 - rho)/(1 + rho) for autocorrelated values.
// O(n log n), by counting inversions while merging (Knight, JASA 61 (1966)).
[[nodiscard]] MannKendall mann_kendall(std::span<const double> values, double effective_share = 1);

// The median of the slopes of all pairs, per place, as exactly as the values are given; 0 for fewer
// than two values. About O(n^1.5): only the slopes near the median are listed, in memory too.
[[nodiscard]] double theil_sen_slope(std::span<const double> values);

} // namespace assay::statistics
