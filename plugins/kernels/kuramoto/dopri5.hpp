// Dormand and Prince's method of order 5 with an error estimate of order 4, which chooses its own
// steps.
//
//   Dopri5 solver(problem, start, {.tolerance = 1e-8});
//   solver.advance_to(20);                   // throws StepUnderflow, with the time it came to
//
// The error of a step is the root mean square over the oscillators, in radians: a phase that has
// gone around often is not known less well. One thread per solver.
#pragma once

#include "kuramoto/right_hand_side.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace assay::kuramoto {

// No step is small enough for the tolerance, or phases are no longer finite.
class StepUnderflow : public std::runtime_error {
public:
    StepUnderflow(double time, double step);

    [[nodiscard]] double time() const noexcept { return time_; }

private:
    double time_;
};

struct StepControl {
    double tolerance = 1e-8; // of a step, rad
    double first_step = 1e-2;
    double longest_step = 1;
};

class Dopri5 {
public:
    Dopri5(const Problem& problem,
           const std::vector<double>& start,
           const StepControl& control,
           Way way = Way::fast);

    // One step that is accepted, and those refused before it.
    void step();
    void advance_to(double time);

    [[nodiscard]] std::span<const double> phases() const noexcept { return theta_.values(); }

    void restart(std::span<const double> phases) noexcept;

    [[nodiscard]] double time() const noexcept { return time_; }

    [[nodiscard]] std::uint64_t stages() const noexcept {
        return stages_;
    } // right-hand sides so far

    [[nodiscard]] std::uint64_t refused() const noexcept { return refused_; }

private:
    // To next_ and the rates there; the error over the tolerance.
    double attempt(double dt);
    void accept(double dt) noexcept;
    void evaluate(const AlignedValues& at, std::size_t stage);
    void step_of_at_most(double longest);

    const PhaseLoops* loops_;
    RightHandSide right_;
    StepControl control_;
    AlignedValues theta_, next_;
    std::array<AlignedValues, 7> rates_;
    double dt_, time_ = 0;
    bool has_rate_ = false; // rates_[0] is that of theta_
    std::uint64_t stages_ = 0, refused_ = 0;
};

} // namespace assay::kuramoto
