// The Mann-Whitney U test as Google Benchmark's tools/compare.py uses it: scipy's mannwhitneyu with
// alternative="two-sided" and everything else by default.
//
//   if (*two_sided_p(old_times, new_times) < 0.05) ...   // compare.py calls it significant
//
// Like scipy (1.7 and later) the exact distribution serves where one side has at most eight values
// and none is tied; else the normal approximation with mid-ranks, correction for ties and for
// continuity. Ten repetitions a side, the peer method of the proof, take the approximation. Pure
// functions; any thread.
// Source: Mann & Whitney (1947); Hollander & Wolfe (1973), 4.1, for ties.
#pragma once

#include <optional>
#include <span>

namespace proof {

enum class UTest { as_scipy_chooses, exact, normal };

// Nothing for an empty side or a NaN. 1 where all values are equal. `exact` ignores ties.
[[nodiscard]] std::optional<double> two_sided_p(std::span<const double> a,
                                                std::span<const double> b,
                                                UTest how = UTest::as_scipy_chooses);

} // namespace proof
