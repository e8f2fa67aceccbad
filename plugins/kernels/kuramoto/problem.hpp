// What is integrated: d theta_i/dt = omega_i + sum_j K_ij sin(theta_j - theta_i - alpha_ij).
//
//   Problem problem{.omega = {1.0, 2.5}, .coupling = MeanField{.strength = 2}};
//   if (auto fault = first_fault(problem)) { refuse(*fault); }
//
// Frequencies in rad/s; what drives an oscillator constantly is a part of its frequency. Pure
// values and functions.
#pragma once

#include "kuramoto/graphs.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace assay::kuramoto {

// K_ij = strength / N, one lag for all.
struct MeanField {
    double strength = 0;
    double lag = 0;
};

// K row by row: N * N.
struct DenseCoupling {
    std::vector<double> strengths;
};

// K and alpha, both row by row.
struct LaggedCoupling {
    std::vector<double> strengths, lags;
};

using Coupling = std::variant<MeanField, DenseCoupling, LaggedCoupling, SparseCoupling>;

struct Problem {
    std::vector<double> omega;
    Coupling coupling;
};

// The first thing that is wrong: what, where, and what was expected.
[[nodiscard]] std::optional<std::string> first_fault(const Problem& problem);
[[nodiscard]] std::optional<std::string> first_fault(std::size_t oscillators,
                                                     const std::vector<double>& phases);
// A step that is not a positive number.
[[nodiscard]] std::optional<std::string> first_step_fault(double dt);

// The largest sum_j |K_ij| of an oscillator: how fast the coupling alone can turn it.
[[nodiscard]] double strongest_pull(const Problem& problem);

// Above this the explicit methods here do not follow the coupling.
inline constexpr double kPullPerStepMax = 2;
// "K dt = 2.5 is above 2: ..." where the step is that coarse.
[[nodiscard]] std::optional<std::string> coarse_step_warning(const Problem& problem, double dt);

// Throws std::invalid_argument with the fault, if there is one.
void require_sound(const std::optional<std::string>& fault);

} // namespace assay::kuramoto
