// One problem, one method, and who computes it: this library, Boost.Odeint with the same right-hand
// side, or this library with a sine for each pair.
//
//   auto solver = make_solver(problem, start, {.impl = Implementation::odeint});
//   solver->step();
//
// One thread per solver. Nothing is allocated after the first step.
#pragma once

#include "kuramoto/problem.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace assay::kuramoto_suite {

enum class Implementation { assay, odeint, naive_n2 };
enum class Method { rk4, dopri5 };

inline constexpr double kStep = 0.01;      // s, of rk4
inline constexpr double kTolerance = 1e-8; // rad, of dopri5

struct SolverChoice {
    Implementation impl = Implementation::assay;
    Method method = Method::rk4;
    double dt = kStep;
    double tolerance = kTolerance;
};

class Solver {
public:
    Solver() = default;
    Solver(const Solver&) = delete;
    Solver& operator=(const Solver&) = delete;
    virtual ~Solver() = default;

    virtual void step() = 0; // an accepted one
    virtual void restart(std::span<const double> phases) = 0;
    [[nodiscard]] virtual std::span<const double> phases() const = 0;
    [[nodiscard]] virtual double time() const = 0;
    [[nodiscard]] virtual std::uint64_t stages() const = 0; // right-hand sides so far
};

// Throws std::invalid_argument where the problem makes no sense.
[[nodiscard]] std::unique_ptr<Solver> make_solver(const kuramoto::Problem& problem,
                                                  const std::vector<double>& start,
                                                  const SolverChoice& choice);

// In a file of its own, with Boost's headers.
[[nodiscard]] std::unique_ptr<Solver> make_odeint_solver(const kuramoto::Problem& problem,
                                                         const std::vector<double>& start,
                                                         const SolverChoice& choice);
[[nodiscard]] const char* odeint_version() noexcept; // "1_81"

} // namespace assay::kuramoto_suite
