// Sweeps of fixed-point iteration in plain loops, from the formula, for verification:
//   q_f <- softmax( sum_m E_{q without q_f}[l_m] + ln(D_f + 1e-16) ),  l_m = ln(p_m(o | s) + 1e-16)
// from the newest beliefs, from the old ones, or mixed with the old logarithm.
//
//   PlainFixedPoint plain(model, observation, prior, options);
//   Beliefs q(model.state_counts);
//   q = plain.sweep(q);                  // in the order of a run: damping keeps ln q of its own
//
// One thread.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"
#include "active_inference/state_inference/fixed_point_iteration.hpp"

#include <cstddef>
#include <vector>

namespace assay::inference {

class PlainFixedPoint {
public:
    // Borrows the model.
    PlainFixedPoint(const active_inference::FactoredModel& model,
                    active_inference::Observation observation,
                    const active_inference::Beliefs& prior,
                    const active_inference::FixedPointOptions& options);

    [[nodiscard]] active_inference::Beliefs sweep(const active_inference::Beliefs& q);

    // Entries of tables that a sweep looks at: its cost.
    [[nodiscard]] std::size_t visits() const noexcept { return visits_; }

private:
    [[nodiscard]] std::vector<double> field(std::size_t factor,
                                            const active_inference::Beliefs& seen) const;

    const active_inference::FactoredModel* model_;
    active_inference::Schedule schedule_;
    double kept_;                             // share of the old ln q
    std::vector<std::vector<double>> tables_; // l_m
    std::vector<std::vector<double>> log_prior_, log_q_;
    std::size_t visits_ = 0;
};

} // namespace assay::inference
