// The family `transition`: the order at which oscillators end, from far below to far above the
// critical strength. The order of the calls and their threads are those of a case class of
// assay/suite.hpp.
//
//   add_transition(suite);
#pragma once

#include "case_inputs.hpp"
#include "solver.hpp"

#include <assay/suite.hpp>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace assay::kuramoto_suite {

void add_transition(assay::suite& suite);

// K / Kc of each point of the curve.
inline constexpr std::array<double, 15> kStrengthRatios{
    0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8, 3.0};

class TransitionCase {
public:
    explicit TransitionCase(const assay::params& params);

    // Attaches the curve too.
    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    using Curve = std::array<double, kStrengthRatios.size()>;

    [[nodiscard]] double settled_order(std::size_t point);
    void attach_curve(assay::context& host, const Curve& curve) const;

    std::string frequencies_;
    std::size_t oscillators_;
    double critical_;
    std::vector<double> start_;
    std::vector<std::unique_ptr<Solver>> solvers_; // of each strength
    Curve curve_{}, early_{};                      // once settled, and after 5 s
};

} // namespace assay::kuramoto_suite
