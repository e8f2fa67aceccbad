// Detectors that judge nothing but the newest value of a series.
//
//   if (beyond_fence(runs_since_the_last_change, newest)) { note(...); }
//
// Pure functions; any thread.
#pragma once

#include <span>

namespace assay::statistics {

// `segment`: the values since the last change point, without the newest one. Each is false where
// the segment is too short to say anything.

// The relative change from the last value of the segment to the newest lies beyond the fence of
// earlier changes ("statistics/fence.hpp"), or beyond the smallest visible change where there are
// too few of them.
[[nodiscard]] bool beyond_fence(std::span<const double> segment, double newest);

// More than five standard deviations from the mean of the last 100 values, outliers left out. A
// value that differs from a segment without any spread does too.
[[nodiscard]] bool beyond_z_score(std::span<const double> segment, double newest);

// |newest - baseline| / |baseline| is more than `limit`; exactly `limit` is not (to 1e-12). False
// for a baseline that is zero or not known.
[[nodiscard]] bool beyond_threshold(double baseline, double newest, double limit) noexcept;

} // namespace assay::statistics
