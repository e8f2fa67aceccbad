// Exponential time differencing of second and fourth order: modes are kept, the linear part is
// exact, the cubic term is taken from 2 or 4 transforms there and back.
//
//   ExponentialDifferencing<double> etd(grid, equation, {.method = Method::etdrk4, .dt = 0.05},
//   {});
//
// Cox & Matthews, J. Comput. Phys. 176 (2002), eqs. 22 (ETD2RK) and 26 to 29 (ETDRK4). ETDRK4 is
// written with few planes of coefficients, since they fill the cache: e^h is the square of e^{h/2},
// and the third stage has its a written out, e^h v + Q((e^{h/2} - 1)N(v) + 2N(b)). One thread at a
// time.
#pragma once

#include "exponential_factors.hpp"
#include "mode_passes.hpp"
#include "pointwise.hpp"
#include "row_column_transform.hpp"
#include "solver.hpp"

#include <vector>

namespace assay::cgl {

template <class Real>
class ExponentialDifferencing final : public Integrator<Real> {
public:
    using Complex = std::complex<Real>;

    ExponentialDifferencing(const Grid& grid,
                            const Equation& equation,
                            const Stepping& stepping,
                            const PlanOptions& plans);

    void start(std::span<const std::complex<double>> field) override;
    void advance(std::size_t steps) override;
    void read(std::span<std::complex<double>> field) override;
    [[nodiscard]] bool is_finite() const override;

private:
    // Of the field as it is in the transform: its cubic term, half way to modes.
    void cubic_of_rows();
    // v along its columns back to points: what the rows of the next step begin with.
    void columns_back();
    // What a stage does with a block of columns of modes; the transform back is that of what it
    // returns, or none of nullptr.
    template <class Stage>
    void stage(Stage one);
    void second_order_step(bool last);
    void fourth_order_step(bool last);

    Grid grid_;
    Stepping stepping_;
    CubicFlow<Real> cubic_;
    RowColumnTransform<Real> transform_;
    // Modes are in blocks of columns. Half planes; those of cubic terms are over n^2. first_: Q, or
    // phi1 of second order; f2_: 2 f2, or phi2.
    std::vector<Complex> full_, half_, first_, f1_, f2_, f3_;
    std::vector<Complex> forcing_;
    FieldBuffer<Real> v_, nv_, na_;
    FieldBuffer<Real> block_;
};

extern template class ExponentialDifferencing<double>;
extern template class ExponentialDifferencing<float>;

} // namespace assay::cgl
