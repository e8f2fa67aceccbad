// Half a second of known work on this machine, slice by slice: what its resolution is computed from
// (verdict/resolution.hpp), and whether workers are pinned and CPU time can be believed
// (verdict/machine_decisions.hpp).
//
//   const MachineSample sample = sample_machine();
//
// Works on a thread of its own, so that the caller's affinity stays as it is, and takes about
// `kSampleSeconds`; more only where the machine is busy.
#pragma once

#include "measure/slice.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace assay::measure {

inline constexpr double kSampleSeconds = 0.45;
inline constexpr double kSampleSlice_s = 0.7e-3;
// Of a kernel and of both sides of a short pair: so many are taken before the CPU changes.
inline constexpr std::size_t kSlicesPerShortPair = 12;

struct ClockCosts {
    double wall_s = 0, thread_cpu_s = 0;
    std::optional<double> ticks_s; // a pair of readings of the tick counter, where it is usable
};

// Of equal work each, in the order taken.
struct KernelSlices {
    std::vector<SliceRecord> alu, memory;
};

struct MachineSample {
    KernelSlices free; // where the scheduler put them
    // Each short pair on one CPU of the affinity mask, one after the other. Empty where there is
    // but one CPU, which is to be pinned to anyway, and where nobody may pin.
    KernelSlices pinned;
    ClockCosts clocks;
    std::optional<double> steal_share;
    double seconds = 0; // it took
};

[[nodiscard]] MachineSample sample_machine();

// Two short pairs of each kernel, left to the scheduler, in some 50 ms: how fast the machine is
// now, where its spread is known already.
[[nodiscard]] KernelSlices sample_kernels();

} // namespace assay::measure
