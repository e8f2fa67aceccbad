// Sums kept by adding what is new and subtracting what is old lose bits at every step. After this
// many steps they are computed from scratch again.
//
// Constants.
#pragma once

#include <cstddef>

namespace assay::active_inference {

inline constexpr std::size_t kRebaseSteps = 256;

// What a step may add to the error, in nats: some thousand roundings of terms about 1. A sum is
// within this times the steps since it was computed from scratch.
inline constexpr double kErrorPerStep = 1e-12;

} // namespace assay::active_inference
