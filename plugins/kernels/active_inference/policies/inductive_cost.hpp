// Goals reached backwards: which states can reach a goal within i steps, if transitions less
// probable than a threshold are taken for impossible.
//   I_0 = goal,  I_i = (b I_{i-1} > 0.1),  b[s', s] = 1 if some action has B[s', s, u] > threshold
// and the cost of predicted beliefs that are not on the way:
//   sum_t sum_f (1 - I_m) . q_t,f * ln 1e-3,  m = (first i with I_i[argmax q_f] = 1) - 1, at least
//   0
// where no such i exists the factor costs nothing. Added to the negative expected free energy.
//
//   const InductiveGoals goals(model, {{0, 1, 0}, {0, 1}}, {.threshold = 1.0 / 16, .depth = 5});
//   double cost = goals.cost(q, predicted);
//
// Immutable after construction; any number of threads may read.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::active_inference {

struct InductiveOptions {
    double threshold = 1.0 / 16;
    std::size_t depth = 5; // rows of I, the goal's included
};

class InductiveGoals {
public:
    // `goals` has a vector per factor: 1 where the state is a goal. Throws std::invalid_argument
    // naming the factor that does not depend on itself alone, or whose goal has another length.
    InductiveGoals(const FactoredModel& model,
                   const std::vector<std::vector<double>>& goals,
                   InductiveOptions options);

    // I of a factor, [depth, states].
    [[nodiscard]] const Tensor& reach(std::size_t factor) const noexcept { return reach_[factor]; }

    // What one predicted step costs; at most 0.
    [[nodiscard]] double cost(const Beliefs& now, const Beliefs& predicted) const noexcept;

private:
    std::vector<Tensor> reach_;
};

} // namespace assay::active_inference
