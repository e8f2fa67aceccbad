// A third of a second of known work on this machine, slice by slice: what its resolution is
// computed from (verdict/resolution.hpp).
//
//   const MachineSample sample = sample_machine();
//
// Runs on the calling thread and takes about `kSampleSeconds`; more only where the machine is busy.
#pragma once

#include "measure/slice.hpp"

#include <optional>
#include <vector>

namespace assay::measure {

inline constexpr double kSampleSeconds = 0.35;
inline constexpr double kSampleSlice_s = 0.7e-3;

struct ClockCosts {
    double wall_s = 0, thread_cpu_s = 0;
    std::optional<double> ticks_s; // a pair of readings of the tick counter, where it is usable
};

struct MachineSample {
    std::vector<SliceRecord> alu, memory; // of equal work each, in the order taken
    ClockCosts clocks;
    std::optional<double> steal_share;
    double seconds = 0; // it took
};

[[nodiscard]] MachineSample sample_machine();

} // namespace assay::measure
