// What instruction counts add to a verdict from times: the wording, never another verdict. Times
// decide; counts say whether the work itself changed.
//
//   fused_verdict(Verdict::slower, {.old_count = 100, .new_count = 102, .deterministic = true})
//   // "slower, confirmed by counts (+2 % instructions)"
//
// Pure; any thread.
#pragma once

#include "verdict/comparison.hpp"

#include <string>

namespace assay::verdict {

// Instructions per iteration of both builds, on the same inputs and as many iterations.
struct CountPair {
    double old_count = 0, new_count = 0;
    bool deterministic = false; // declared so, and two launches of each build agreed
};

enum class CountChange {
    up,
    down,
    equal,
    unknown // not deterministic, or a count that is not positive: says nothing
};

// Counts within this share of each other are equal.
inline constexpr double kCountTolerance = 1e-3;

double relative_change(const CountPair& counts) noexcept; // 0.02: the new build does 2 % more

CountChange change_of(const CountPair& counts, double tolerance = kCountTolerance) noexcept;

// The verdict's own word where the table has no more to say.
std::string
fused_verdict(Verdict verdict, const CountPair& counts, double tolerance = kCountTolerance);

} // namespace assay::verdict
