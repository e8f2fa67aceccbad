#include "active_inference/state_inference/exact_posterior.hpp"

#include "active_inference/logarithm.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace assay::active_inference {
namespace {

// The next joint state, the last factor fastest.
void advance(std::vector<std::size_t>& states, const std::vector<std::size_t>& counts) noexcept {
    for (std::size_t factor = states.size(); factor-- > 0;) {
        if (++states[factor] < counts[factor]) {
            return;
        }
        states[factor] = 0;
    }
}

// ln p(o, s).
double log_joint(const FactoredModel& model,
                 const LogLikelihood& tables,
                 const Beliefs& prior,
                 const std::vector<std::size_t>& states) noexcept {
    double sum = 0;
    for (std::size_t factor = 0; factor < states.size(); ++factor) {
        sum += log_eps(prior[factor][states[factor]]);
    }
    for (std::size_t m = 0; m < tables.size(); ++m) {
        std::size_t at = 0;
        for (const std::size_t factor : model.likelihood_factors[m]) {
            at = at * model.state_counts[factor] + states[factor];
        }
        sum += tables[m][at];
    }
    return sum;
}

} // namespace

std::optional<ExactPosterior> exact_posterior(const FactoredModel& model,
                                              const LogLikelihood& tables,
                                              const Beliefs& prior,
                                              std::size_t joint_states_max) {
    const auto count = element_count(model.state_counts);
    if (!count || *count > joint_states_max) {
        return std::nullopt;
    }
    std::vector<double> logs(*count);
    std::vector<std::size_t> states(model.state_counts.size(), 0);
    for (double& log : logs) {
        log = log_joint(model, tables, prior, states);
        advance(states, model.state_counts);
    }
    const double highest = *std::ranges::max_element(logs);
    double sum = 0;
    for (const double log : logs) {
        sum += std::exp(log - highest);
    }
    ExactPosterior exact{Beliefs(model.state_counts), highest + std::log(sum)};
    std::ranges::fill(exact.marginals.values(), 0.0);
    for (const double log : logs) {
        const double share = std::exp(log - highest) / sum;
        for (std::size_t factor = 0; factor < states.size(); ++factor) {
            exact.marginals[factor][states[factor]] += share;
        }
        advance(states, model.state_counts);
    }
    return exact;
}

} // namespace assay::active_inference
