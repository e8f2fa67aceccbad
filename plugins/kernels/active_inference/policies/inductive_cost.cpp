#include "active_inference/policies/inductive_cost.hpp"

#include "active_inference/categorical.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace assay::active_inference {
namespace {

constexpr double kReached = 0.1;
constexpr double kOffTheWay = 1e-3;

void check_factor(const FactoredModel& model,
                  std::size_t factor,
                  const std::vector<std::vector<double>>& goals) {
    const std::string name = "goals[" + std::to_string(factor) + "]";
    if (goals.size() != model.state_counts.size() ||
        goals[factor].size() != model.state_counts[factor]) {
        throw std::invalid_argument(name + ": expected a number for each of " +
                                    std::to_string(model.state_counts[factor]) + " states");
    }
    if (model.transition_factors[factor] != FactorList{factor}) {
        throw std::invalid_argument(name + ": factor " + std::to_string(factor) +
                                    " does not depend on itself alone, which backward reach needs");
    }
}

// b[s', s], row-major.
std::vector<double> possible_steps(const Tensor& transition, double threshold) {
    const std::size_t actions = transition.shape.back();
    std::vector<double> possible(transition.data.size() / actions);
    for (std::size_t at = 0; at < possible.size(); ++at) {
        const auto first = transition.data.begin() + static_cast<std::ptrdiff_t>(at * actions);
        const double best = *std::max_element(first, first + static_cast<std::ptrdiff_t>(actions));
        possible[at] = best > threshold ? 1 : 0;
    }
    return possible;
}

} // namespace

InductiveGoals::InductiveGoals(const FactoredModel& model,
                               const std::vector<std::vector<double>>& goals,
                               InductiveOptions options) {
    if (options.depth == 0) {
        throw std::invalid_argument("depth: 0, expected at least 1, the goal itself");
    }
    for (std::size_t factor = 0; factor < model.state_counts.size(); ++factor) {
        check_factor(model, factor, goals);
        const std::size_t states = model.state_counts[factor];
        const std::vector<double> possible =
            possible_steps(model.transitions[factor], options.threshold);
        Tensor reach{{options.depth, states}, goals[factor]};
        for (std::size_t step = 1; step < options.depth; ++step) {
            for (std::size_t row = 0; row < states; ++row) {
                double sum = 0;
                for (std::size_t state = 0; state < states; ++state) {
                    sum += possible[row * states + state] * reach.data[(step - 1) * states + state];
                }
                reach.data.push_back(sum > kReached ? 1 : 0);
            }
        }
        reach_.push_back(std::move(reach));
    }
}

double InductiveGoals::cost(const Beliefs& now, const Beliefs& predicted) const noexcept {
    const double penalty = std::log(kOffTheWay);
    double cost = 0;
    for (std::size_t factor = 0; factor < reach_.size(); ++factor) {
        const Tensor& reach = reach_[factor];
        const std::size_t states = reach.shape[1];
        const std::size_t here = first_highest(now[factor]);
        std::size_t steps = 0;
        while (steps < reach.shape[0] && reach.data[steps * states + here] != 1) {
            ++steps;
        }
        if (steps == reach.shape[0]) {
            continue;
        }
        const double* const on_the_way = reach.data.data() + (steps == 0 ? 0 : steps - 1) * states;
        for (std::size_t state = 0; state < states; ++state) {
            cost += (1 - on_the_way[state]) * penalty * predicted[factor][state];
        }
    }
    return cost;
}

} // namespace assay::active_inference
