// How many iterations make a slice: growing from one, then settling until two readings agree.
// Knows nothing of plugins or clocks; it asks for readings.
//
//   auto found = calibrate(limits, [&](std::uint64_t n) { return take_batch(n); });
//
// Pure but for the readings it asks for.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

namespace assay::measure {

struct Reading {
    std::uint64_t iterations = 0; // fewer than asked for where memory did not reach
    double seconds = 0;           // in the clock that calibrates
    // What passed meanwhile, where that clock is the plugin's own and may hardly move; 0:
    // `seconds`.
    double elapsed_s = 0;
    bool preempted = false; // wall time in which others may have had the processor
};

struct CalibrationLimits {
    double target_s = 0.7e-3;
    std::uint64_t iterations_max = UINT64_MAX;
    double shortest_iteration_s = 0.1e-9; // below: the body is not there
};

struct Calibrated {
    std::uint64_t iterations = 1;
    double iteration_s = 0;
    bool optimised_away = false;
    bool longer_than_slice = false; // one iteration takes longer than the target
    // The clock hardly moves: a batch is as long as twenty slices, whatever it states.
    bool hardly_timed = false;
};

// Nothing: a reading failed, and whoever gave it knows why.
using TakeReading = std::function<std::optional<Reading>(std::uint64_t iterations)>;
std::optional<Calibrated> calibrate(const CalibrationLimits& limits, const TakeReading& take);

// The nearest of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten (exact below ten):
// launches that calibrate a few percent apart still come to the same n, so that their checksums can
// be compared and their batches are alike.
[[nodiscard]] std::uint64_t round_iterations(double iterations) noexcept;

} // namespace assay::measure
