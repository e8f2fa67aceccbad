#include "plain_window.hpp"

#include "active_inference/plain_expectation.hpp"

#include <algorithm>
#include <numeric>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::size_t kVisitsMax = 1'000'000; // entries of tables looked at in a round

// What a step costs in entries of tables.
std::size_t visits_of_step(const ai::FactoredModel& model) {
    std::size_t visits = 1;
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        visits += model.likelihoods[m].data.size() / model.outcome_counts[m] *
                  model.likelihood_factors[m].size();
    }
    for (std::size_t f = 0; f < model.transitions.size(); ++f) {
        visits += model.transitions[f].data.size() / model.action_counts[f] *
                  (1 + model.transition_factors[f].size());
    }
    return visits;
}

} // namespace

void add_to(Values& sum, const Values& more, double share) {
    for (std::size_t s = 0; s < sum.size(); ++s) {
        sum[s] += share * more[s];
    }
}

Values logarithms(Values values, double (*logarithm)(double)) {
    std::ranges::transform(values, values.begin(), logarithm);
    return values;
}

const ai::Outcome&
outcome_at(const WindowProblem& problem, std::size_t step, std::size_t modality) {
    return problem.window[step * problem.model.outcome_counts.size() + modality];
}

std::size_t action_at(const WindowProblem& problem, std::size_t transition, std::size_t factor) {
    return problem.actions()[transition * problem.model.state_counts.size() + factor];
}

std::size_t steps_of_round(const WindowProblem& problem, std::size_t steps) {
    return std::clamp<std::size_t>(kVisitsMax / visits_of_step(problem.model), 1, steps);
}

Values backward(const ai::FactoredModel& model,
                std::size_t child,
                std::size_t parent,
                std::size_t action,
                std::span<const double> child_q,
                const ai::Beliefs& co_parents,
                double floor) {
    const ai::FactorList& parents = model.transition_factors[child];
    Values message(model.state_counts[parents[parent]]);
    for (std::size_t next = 0; next < child_q.size(); ++next) {
        Values row =
            ai::plain_expectation(ai::plain_transition_row(model.transitions[child], next, action),
                                  parents,
                                  co_parents,
                                  parent);
        std::ranges::transform(row, row.begin(), [&](double entry) { return entry + floor; });
        const double sum = std::accumulate(row.begin(), row.end(), 0.0);
        add_to(message, row, sum > 0 ? child_q[next] / sum : 0);
    }
    return message;
}

} // namespace assay::inference
