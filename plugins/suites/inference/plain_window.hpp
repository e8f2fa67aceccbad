// What the plain rounds of inference over time share: sums over modalities and children, the
// message from a child, what belongs to a step. For plain_message_round.hpp's two files alone.
//
//   Values field = over_children(model, f, [&](std::size_t child, std::size_t at) { ... });
//
// Pure functions.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"
#include "mmp_window.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::inference {

using Values = std::vector<double>;

void add_to(Values& sum, const Values& more, double share = 1);

[[nodiscard]] Values logarithms(Values values, double (*logarithm)(double));

[[nodiscard]] const active_inference::Outcome&
outcome_at(const WindowProblem& problem, std::size_t step, std::size_t modality);

[[nodiscard]] std::size_t
action_at(const WindowProblem& problem, std::size_t transition, std::size_t factor);

// So many of the first steps that a round ends in some milliseconds; at least one.
[[nodiscard]] std::size_t steps_of_round(const WindowProblem& problem, std::size_t steps);

// sum_s' q(s') M[s', s] / sum_s M[s', s], M = B[s', s, co-parents, u] averaged over the co-parents,
// with the floor on every entry.
[[nodiscard]] Values backward(const active_inference::FactoredModel& model,
                              std::size_t child,
                              std::size_t parent,
                              std::size_t action,
                              std::span<const double> child_q,
                              const active_inference::Beliefs& co_parents,
                              double floor);

// Sum over the modalities that see the factor; `of_modality` gives the message of the one at a
// position of the modality's factors.
template <class MessageOf>
Values over_modalities(const active_inference::FactoredModel& model,
                       std::size_t factor,
                       MessageOf of_modality) {
    Values sum(model.state_counts[factor]);
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        const active_inference::FactorList& factors = model.likelihood_factors[m];
        for (std::size_t at = 0; at < factors.size(); ++at) {
            if (factors[at] == factor) {
                add_to(sum, of_modality(m, at));
            }
        }
    }
    return sum;
}

// Sum over the children of the factor; `of_child` as above.
template <class MessageOf>
Values over_children(const active_inference::FactoredModel& model,
                     std::size_t factor,
                     MessageOf of_child) {
    Values sum(model.state_counts[factor]);
    for (std::size_t child = 0; child < model.transitions.size(); ++child) {
        const active_inference::FactorList& parents = model.transition_factors[child];
        for (std::size_t at = 0; at < parents.size(); ++at) {
            if (parents[at] == factor) {
                add_to(sum, of_child(child, at));
            }
        }
    }
    return sum;
}

} // namespace assay::inference
