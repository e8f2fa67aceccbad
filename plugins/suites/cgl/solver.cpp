#include "solver.hpp"

#include "exponential_differencing.hpp"
#include "integrating_factor.hpp"
#include "strang_splitting.hpp"

#include <assay/errors.hpp>

#include <string>
#include <utility>

namespace assay::cgl {
namespace {

template <class Real>
std::unique_ptr<Integrator<Real>> integrator_for(const Grid& grid,
                                                 const Equation& equation,
                                                 const Stepping& stepping,
                                                 const PlanOptions& plans) {
    check(grid);
    check(equation, grid);
    check(stepping);
    switch (stepping.method) {
    case Method::strang:
        return std::make_unique<StrangSplitting<Real>>(grid, equation, stepping, plans);
    case Method::ifrk4:
        return std::make_unique<IntegratingFactor<Real>>(grid, equation, stepping, plans);
    case Method::etd2rk:
    case Method::etdrk4:
        break;
    }
    return std::make_unique<ExponentialDifferencing<Real>>(grid, equation, stepping, plans);
}

} // namespace

template <class Real>
Solver<Real>::Solver(const Grid& grid,
                     const Equation& equation,
                     const Stepping& stepping,
                     const PlanOptions& plans)
    : grid_(grid)
    , integrator_(integrator_for<Real>(grid, equation, stepping, plans)) {}

template <class Real>
Solver<Real>::Solver(const Grid& grid, std::unique_ptr<Integrator<Real>> integrator)
    : grid_(grid)
    , integrator_(std::move(integrator)) {}

template <class Real>
void Solver<Real>::set_field(std::span<const std::complex<double>> field) {
    if (field.size() != grid_.points()) {
        throw assay::config_error("the field has " + std::to_string(field.size()) +
                                  " values, expected one for each of " +
                                  std::to_string(grid_.points()) + " points");
    }
    integrator_->start(field);
    done_ = 0;
}

template <class Real>
void Solver<Real>::advance(std::size_t steps) {
    advance_unchecked(steps);
    check_finite();
}

template <class Real>
void Solver<Real>::check_finite() const {
    if (!integrator_->is_finite()) {
        throw assay::failure(ASSAY_E_FAIL,
                             "the field is not finite after " + std::to_string(done_) +
                                 " steps: it blew up");
    }
}

template class Solver<double>;
template class Solver<float>;

} // namespace assay::cgl
