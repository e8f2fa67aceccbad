// What a log says of a loop.
//
//   const LoopFigures figures = figures_of(log);
//   figures.frequency, figures.lateness.p95
//
// Frequency is that of the wake-ups, never one over the time a cycle was busy. Pure.
#pragma once

#include "coordination/loop_log.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::coordination {

// As they came, and where they lie; s. Percentiles are values that occurred (nearest rank): with
// 300 of them the 99th is the third largest.
struct Distribution {
    std::size_t n = 0;
    double min = 0, mean = 0, p50 = 0, p95 = 0, p99 = 0, max = 0;

    bool operator==(const Distribution&) const = default;
};

[[nodiscard]] Distribution distribution_of(std::vector<double> values);

struct LoopFigures {
    double frequency = 0; // wake-ups after the first / (last - first); 0 with fewer than two
    double drift = 0;     // by how much the last wake-up is later than the first one promised, s
    std::vector<double> lateness, jitter, busy; // s, of each cycle; jitter: of all but the first
};

// lateness: wake - due. jitter: |wake - wake before - period|, points of the grid between them
// counted. busy: done - wake. drift: against the grid, also of a relative loop.
[[nodiscard]] LoopFigures figures_of(const LoopLog& log);

[[nodiscard]] std::vector<double> seconds_of_all(std::span<const Time> times);

} // namespace assay::coordination
