// How far oscillators agree.
//
//   order_of(solver.phases()).r                    // 1: all in phase; about 1/sqrt(N): none
//   const auto frequencies = effective_frequencies(before, after, seconds);
//   locked_share(frequencies), frequency_spread(frequencies)
//   auto t = time_to_order(solver, {.order = 0.9, .longest = 60});
//
// |exp(i (theta_i - theta_j))| is 1 for any two oscillators and says nothing. Pure but for the
// solver that moves.
#pragma once

#include "kuramoto/rk4.hpp"

#include <optional>
#include <span>
#include <vector>

namespace assay::kuramoto {

struct Order {
    double r = 0;   // |Z|, Z = (1/N) sum exp(i theta)
    double psi = 0; // its angle
};

[[nodiscard]] Order order_of(std::span<const double> phases);

// How fast each one went round on average, rad/s; phases unwrapped.
[[nodiscard]] std::vector<double> effective_frequencies(std::span<const double> before,
                                                        std::span<const double> after,
                                                        double seconds);

inline constexpr double kLockedWithin = 1e-3; // rad/s

// Of those within kLockedWithin of the median.
[[nodiscard]] double locked_share(std::span<const double> frequencies);
// Their standard deviation, rad/s.
[[nodiscard]] double frequency_spread(std::span<const double> frequencies);

// Phases as they are shown: in [-pi, pi).
[[nodiscard]] double wrapped(double phase) noexcept;

struct OrderGoal {
    double order = 0.9;
    double longest = 100; // s of the model
};

// When r first reached it, between two steps by their line; nothing where it did not.
[[nodiscard]] std::optional<double> time_to_order(Rk4& solver, const OrderGoal& goal);

// Mean of r over so many steps.
[[nodiscard]] double mean_order(Rk4& solver, std::uint64_t steps);

} // namespace assay::kuramoto
