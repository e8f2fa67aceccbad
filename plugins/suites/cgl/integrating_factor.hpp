// RK4 on e^{-L t} v: another way to the same fourth order, for cross-checks. Plain loops.
//
//   IntegratingFactor<double> ifrk4(grid, equation, {.method = Method::ifrk4, .dt = 0.01}, {});
//
// Kassam & Trefethen, SIAM J. Sci. Comput. 26 (2005), section 2. One thread at a time.
#pragma once

#include "exponential_factors.hpp"
#include "pointwise.hpp"
#include "solver.hpp"

#include <vector>

namespace assay::cgl {

template <class Real>
class IntegratingFactor final : public Integrator<Real> {
public:
    using Complex = std::complex<Real>;

    IntegratingFactor(const Grid& grid,
                      const Equation& equation,
                      const Stepping& stepping,
                      const PlanOptions& plans);

    void start(std::span<const std::complex<double>> field) override;
    void advance(std::size_t steps) override;
    void read(std::span<std::complex<double>> field) override;
    [[nodiscard]] bool is_finite() const override;

private:
    void step();
    // dt times the modes of the cubic term of `modes`.
    void cubic_of(const std::vector<Complex>& modes, std::vector<Complex>& out);

    Grid grid_;
    Stepping stepping_;
    CubicFlow<Real> cubic_;
    FourierPair<Real> fft_;
    std::vector<Complex> full_, half_; // e^h, e^{h/2} of every mode
    std::vector<Complex> forcing_;
    FieldBuffer<Real> modes_, points_;
    std::vector<Complex> v_, stage_, k1_, k2_, k3_, k4_;
};

extern template class IntegratingFactor<double>;
extern template class IntegratingFactor<float>;

} // namespace assay::cgl
