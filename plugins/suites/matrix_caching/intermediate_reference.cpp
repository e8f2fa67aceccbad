#include "intermediate_reference.hpp"

#include "active_inference/logarithm.hpp"

#include <cmath>
#include <vector>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

std::vector<double> after_action(const ai::Tensor& transitions,
                                 const std::vector<double>& q,
                                 std::size_t action,
                                 std::size_t actions) {
    const std::size_t states = q.size();
    std::vector<double> next(states, 0.0);
    for (std::size_t to = 0; to < states; ++to) {
        for (std::size_t from = 0; from < states; ++from) {
            next[to] += transitions.data[(to * states + from) * actions + action] * q[from];
        }
    }
    return next;
}

// Of one modality at one step; `joint` is over both factors. States below the floor gain nothing.
double modality_terms(const ai::Tensor& likelihood,
                      std::size_t outcomes,
                      const std::vector<double>& joint) {
    double utility = 0, ambiguity = 0, surprise = 0;
    for (std::size_t o = 0; o < outcomes; ++o) {
        double all = 0, kept = 0;
        for (std::size_t s = 0; s < joint.size(); ++s) {
            const double a = likelihood.data[o * joint.size() + s];
            all += a * joint[s];
            if (joint[s] > ai::kGainFloor) {
                kept += a * joint[s];
                ambiguity += joint[s] * a * std::log(a + ai::kGainFloor);
            }
        }
        utility += all * ai::log_eps(1.0 / static_cast<double>(outcomes));
        surprise += kept * ai::log_eps(kept);
    }
    return utility + ambiguity - surprise;
}

} // namespace

double
reference_free_energy(const IntermediateRequests& requests, std::uint32_t key, std::size_t policy) {
    const IntermediateAxes& axes = requests.axes();
    const ai::FactoredModel& model = requests.model();
    const ai::Beliefs& q = requests.belief(key);
    std::vector<double> first(q[0].begin(), q[0].end()), second(q[1].begin(), q[1].end());
    const std::size_t per_step = IntermediateAxes::actions * axes.actions2;
    std::size_t later = axes.policies();
    double sum = 0;
    for (std::size_t step = 0; step < axes.depth; ++step) {
        later /= per_step; // the first step is the slowest digit, and within it the first factor
        const std::size_t action = policy / later % per_step;
        first = after_action(
            model.transitions[0], first, action / axes.actions2, IntermediateAxes::actions);
        second = after_action(model.transitions[1], second, action % axes.actions2, axes.actions2);
        std::vector<double> joint;
        for (const double a : first) {
            for (const double b : second) {
                joint.push_back(a * b);
            }
        }
        for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
            sum += modality_terms(model.likelihoods[m], model.outcome_counts[m], joint);
        }
    }
    return sum;
}

} // namespace assay::matrix_caching
