// Tells steps from drift. A detector of steps answers a climb or a wave with dozens of points; here
// the points that are jumps of their own stay, and the others become a drift with a slope.
//
//   const StepsAndDrifts found = separate_drift(series, steps, roughness(series));
//
// Nothing is detrended before the detection: smoothing would remove the steps too. Pure; any
// thread.
#pragma once

#include "statistics/change_points/local_jump.hpp"
#include "statistics/change_points/roughness.hpp"
#include "statistics/change_points/window_frame.hpp"

#include <span>
#include <vector>

namespace assay::statistics {

struct Drift {
    IndexRange span;
    double slope = 0; // Theil-Sen, per point
    double p = 1;     // Mann-Kendall
};

struct StepsAndDrifts {
    std::vector<FoundStep> steps;
    std::vector<Drift> drifts;
};

// a. Where movement dominates noise (r > 1): points stay whose jump is six times the typical jump
//    and four times its error; where any does not, or none was found, the whole series drifts.
// b. Else every run of three or more points that all go up, or all down, is looked at alone: points
//    stay whose jump is four times its error, and if one does not, the span drifts.
// c. Else a last segment of twelve points or more drifts where Mann-Kendall says so at 0.001 and
// its
//    slope makes more than `floor` (relative to its median) over its length.
[[nodiscard]] StepsAndDrifts separate_drift(std::span<const double> series,
                                            std::vector<FoundStep> steps,
                                            const Roughness& roughness,
                                            double floor);

} // namespace assay::statistics
