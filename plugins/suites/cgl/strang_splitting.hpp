// Strang's splitting, both parts solved exactly: half of the cubic term, all of the linear one,
// half of the cubic. In a run of steps neighbouring halves are one: a step costs one pair of
// transforms.
//
//   StrangSplitting<double> strang(grid, equation, stepping, plans);
//
// Strang, SIAM J. Numer. Anal. 5 (1968). With a forcing the cubic part has no closed form and is
// stepped by RK4, point by point. One thread at a time.
#pragma once

#include "pointwise.hpp"
#include "row_column_transform.hpp"
#include "solver.hpp"

#include <vector>

namespace assay::cgl {

template <class Real>
class StrangSplitting final : public Integrator<Real> {
public:
    using Complex = std::complex<Real>;

    StrangSplitting(const Grid& grid,
                    const Equation& equation,
                    const Stepping& stepping,
                    const PlanOptions& plans);

    void start(std::span<const std::complex<double>> field) override;
    void advance(std::size_t steps) override;
    void read(std::span<std::complex<double>> field) override;
    [[nodiscard]] bool is_finite() const override;

private:
    // Of the block of rows whose points the transform holds.
    void cubic_flow(std::size_t block, Real h);
    void linear_step();

    Grid grid_;
    Equation equation_;
    Real dt_;
    RowColumnTransform<Real> transform_; // between runs of steps it keeps points
    std::vector<Complex> axis_;          // e^{L dt} / n^2 is its product with itself
    FieldBuffer<Real> modes_;            // of a block of columns
};

extern template class StrangSplitting<double>;
extern template class StrangSplitting<float>;

} // namespace assay::cgl
