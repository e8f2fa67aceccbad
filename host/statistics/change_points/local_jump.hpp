// Jumps of a series that moves: the height between two straight lines, fitted to the points on both
// sides of a place (Loader, Ann. Stat. 24 (1996)). A slope gives no jump, a step on a slope does.
//
//   const auto jumps = choose_jumps(despiked(series), candidates, {0, series.size()}, {...});
//
// Detectors of steps answer a climb with a staircase of points; this tells which are real.
// Pure; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay::statistics {

struct IndexRange {
    std::size_t first = 0, end = 0;

    [[nodiscard]] std::size_t size() const noexcept { return end - first; }
};

struct LocalJump {
    double height = 0;         // right line minus left line at place - 1/2
    double standard_error = 0; // from the pooled residual variance of both lines
};

// Lines over up to 15 points on each side that do not leave `within`; nothing (height and error 0,
// which no limit accepts) where a side has fewer than 5.
[[nodiscard]] LocalJump
local_jump(std::span<const double> values, std::size_t place, IndexRange within);

// Of all places in `values`: 1.4826 MAD of their jumps. What movement alone makes of a jump.
[[nodiscard]] double typical_jump(std::span<const double> values);

struct JumpLimits {
    double height_min = 0; // of |height|, in the unit of the values
    double error_min = 4;  // of |height| / standard error times the root of the effective share
    double effective_share = 1;
};

// Greedily the largest jump among the candidates that passes the limits; lines do not reach across
// accepted places, so every acceptance may help or hurt the rest. Ascending.
[[nodiscard]] std::vector<std::size_t> choose_jumps(std::span<const double> values,
                                                    std::span<const std::size_t> candidates,
                                                    IndexRange within,
                                                    const JumpLimits& limits);

// Single spikes, further from the median of 5 points than 6 sigma, replaced by that median; sigma
// is 1.4826 MAD of the first differences / sqrt(2). A line would bend to them.
[[nodiscard]] std::vector<double> despiked(std::span<const double> values);

} // namespace assay::statistics
