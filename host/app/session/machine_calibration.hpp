// How long a fixed program takes on this machine now: what tells a machine that became slower from
// code that did.
//
//   const std::optional<double> seconds = calibration_of(sample.free);
//
// Pure; any thread.
#pragma once

#include "measure/machine_sample.hpp"

#include <optional>

namespace assay::app {

// The program: so many dependent multiplications, then so many dependent reads in random order,
// about a millisecond each. Another program would be another series: these numbers stay.
inline constexpr double kCalibrationMultiplications = 1'000'000;
inline constexpr double kCalibrationReads = 50'000;

// Seconds, by the medians of slices of either kernel, in thread CPU time; in wall time where that
// clock stands still. Nothing where a kernel has no slice that counts.
[[nodiscard]] std::optional<double> calibration_of(const measure::KernelSlices& slices);

} // namespace assay::app
