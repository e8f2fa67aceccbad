// The classical Runge-Kutta method of order 4 with a fixed step.
//
//   Rk4 solver(problem, start, 0.01);        // throws std::invalid_argument
//   solver.steps(100);
//   use(solver.phases());                    // not wrapped: windings are counted
//
// A negative step integrates backwards (reversed()). One thread per solver.
#pragma once

#include "kuramoto/right_hand_side.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace assay::kuramoto {

class Rk4 {
public:
    Rk4(const Problem& problem, const std::vector<double>& start, double dt, Way way = Way::fast);

    void step();
    void steps(std::uint64_t count);

    // Back along the same path, for the check that it comes back.
    void reverse() noexcept;

    [[nodiscard]] std::span<const double> phases() const noexcept { return theta_.values(); }

    // The rates at the present phases; valid until the next call.
    [[nodiscard]] std::span<const double> rates();

    void restart(std::span<const double> phases) noexcept;

    [[nodiscard]] double time() const noexcept { return time_; }

    static constexpr std::uint64_t kStages = 4;

private:
    void field_step();
    void rate_step();
    void naive_step();

    const PhaseLoops* loops_;
    RightHandSide right_;
    double dt_;
    double time_ = 0;
    AlignedValues theta_, rate_, sum_, next_;
    AlignedValues turn_;            // of a field: what frequencies turn in half a step
    std::optional<PhaseSums> sums_; // of the present phases, whose sines and cosines are kept
};

} // namespace assay::kuramoto
