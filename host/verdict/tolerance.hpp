// Where a figure lies exactly on its limit, the arithmetic that led there must not decide.
//
//   const bool too_much = share > limit + kTolerance; // "more than 20 %": 0.20 exactly passes
#pragma once

namespace assay::verdict {

inline constexpr double kTolerance = 1e-12; // of shares; far above rounding, far below any limit

} // namespace assay::verdict
