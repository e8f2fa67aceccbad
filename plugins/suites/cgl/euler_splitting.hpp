// The step that is easily written and of first order: half of the linear part in modes, an explicit
// Euler step of the cubic term at the points, the other half of the linear part. Two pairs of
// transforms, plain loops. A reference for speed, never for results.
//
//   Solver<double> plain(grid, std::make_unique<EulerSplitting<double>>(grid, equation, dt,
//   plans));
//
// One thread at a time.
#pragma once

#include "solver.hpp"

#include <vector>

namespace assay::cgl {

template <class Real>
class EulerSplitting final : public Integrator<Real> {
public:
    using Complex = std::complex<Real>;

    static constexpr std::size_t kPairs = 2; // of transforms in a step

    EulerSplitting(const Grid& grid,
                   const Equation& equation,
                   const Stepping& stepping,
                   const PlanOptions& plans);

    void start(std::span<const std::complex<double>> field) override;
    void advance(std::size_t steps) override;
    void read(std::span<std::complex<double>> field) override;
    [[nodiscard]] bool is_finite() const override;

private:
    void half_linear_step();

    Grid grid_;
    Complex cubic_; // dt (g + i c2)
    FourierPair<Real> fft_;
    std::vector<Complex> half_;    // e^{L dt/2} / n^2 of every mode
    std::vector<Complex> forcing_; // dt u, or empty
    FieldBuffer<Real> field_, modes_;
};

extern template class EulerSplitting<double>;
extern template class EulerSplitting<float>;

} // namespace assay::cgl
