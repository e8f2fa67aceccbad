// The two dialects of the logarithm in the literature's programs, and the floors that go with them.
// They disagree where a probability is 0, so every function of this library states which it uses.
//
//   double energy = log_eps(likelihood);
//
// Pure functions.
#pragma once

#include <algorithm>
#include <cmath>

namespace assay::active_inference {

// `eps`: ln(x + 1e-16) (pymdp, NumPy). `clip`: ln(max(x, DBL_EPSILON)) (pymdp, JAX).
enum class LogDialect { eps, clip };

inline constexpr double kLogFloor = 1e-16;
inline constexpr double kClipFloor = 2.220446049250313e-16;
// exp(-16): inside information gain only (SPM's spm_MDP_G).
inline constexpr double kGainFloor = 1.1253517471925912e-7;

[[nodiscard]] inline double log_eps(double x) noexcept {
    return std::log(x + kLogFloor);
}

[[nodiscard]] inline double log_clip(double x) noexcept {
    return std::log(std::max(x, kClipFloor));
}

} // namespace assay::active_inference
