// A field that is stepped through time.
//
//   Solver<double> solver(grid, equation, {.method = Method::strang, .dt = 0.05}, {});
//   solver.set_field(initial_field(InitialField::noise, grid, seed));
//   solver.advance(100);
//   solver.read_field(field);                  // as it is now
//
// Between steps the exponential integrators keep modes, not points: reading them transforms once.
// Memory and plans are made in the constructor; advance() allocates nothing. One thread at a time.
#pragma once

#include "equation.hpp"
#include "fourier_pair.hpp"

#include <complex>
#include <cstddef>
#include <memory>
#include <span>

namespace assay::cgl {

// One way to step. The field of all is that of their solver's grid.
template <class Real>
class Integrator {
public:
    Integrator() = default;
    Integrator(const Integrator&) = delete;
    Integrator& operator=(const Integrator&) = delete;
    virtual ~Integrator() = default;

    virtual void start(std::span<const std::complex<double>> field) = 0;
    virtual void advance(std::size_t steps) = 0;
    virtual void read(std::span<std::complex<double>> field) = 0;
    // Whether every part of what is kept is a finite number.
    [[nodiscard]] virtual bool is_finite() const = 0;
};

template <class Real>
class Solver {
public:
    // Throws assay::config_error for what check() refuses.
    Solver(const Grid& grid,
           const Equation& equation,
           const Stepping& stepping,
           const PlanOptions& plans);
    // Stepped by an integrator of the caller's, made for that grid.
    Solver(const Grid& grid, std::unique_ptr<Integrator<Real>> integrator);

    // n x n values, row by row. Throws assay::config_error for another number of them.
    void set_field(std::span<const std::complex<double>> field);
    // Throws assay::failure, with the step, where the field blew up; looked for after the last.
    void advance(std::size_t steps);

    // Without looking: for the loop that is timed. check_finite() afterwards.
    void advance_unchecked(std::size_t steps) { integrator_->advance(steps), done_ += steps; }

    void check_finite() const;

    void read_field(std::span<std::complex<double>> field) { integrator_->read(field); }

    [[nodiscard]] const Grid& grid() const noexcept { return grid_; }

    // Since set_field().
    [[nodiscard]] std::size_t steps() const noexcept { return done_; }

private:
    Grid grid_;
    std::unique_ptr<Integrator<Real>> integrator_;
    std::size_t done_ = 0;
};

extern template class Solver<double>;
extern template class Solver<float>;

} // namespace assay::cgl
