#include "agent_formula.hpp"

#include "active_inference/logarithm.hpp"
#include "active_inference/number_text.hpp"
#include "active_inference/plain_expectation.hpp"
#include "active_inference/policies/plain_expected_free_energy.hpp"
#include "active_inference/policies/policy_posterior.hpp"

#include <assay/suite.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <span>
#include <string>
#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr double kFormulaTolerance = 1e-9;

// Adds to the counts where the tensor has something, then takes columns over their sums. `addend`
// is of a row and a column.
template <class Addend>
void learn_tensor(ai::Tensor& counts, ai::Tensor& tensor, Addend&& addend) {
    const std::size_t columns = counts.data.size() / counts.shape.front();
    std::vector<double> sums(columns, 0.0);
    for (std::size_t at = 0; at < counts.data.size(); ++at) {
        counts.data[at] += tensor.data[at] > 0 ? addend(at / columns, at % columns) : 0;
        sums[at % columns] += counts.data[at];
    }
    for (std::size_t at = 0; at < counts.data.size(); ++at) {
        tensor.data[at] = counts.data[at] / sums[at % columns];
    }
}

std::vector<double> logs_of(std::span<const double> from) {
    std::vector<double> logs;
    std::ranges::transform(from, std::back_inserter(logs), ai::log_eps);
    return logs;
}

double complexity_of(const ai::Beliefs& q, const ai::Beliefs& prior) {
    double sum = 0;
    for (std::size_t at = 0; at < q.values().size(); ++at) {
        sum += q.values()[at] * (ai::log_eps(q.values()[at]) - ai::log_eps(prior.values()[at]));
    }
    return sum;
}

void hold_numbers(const std::string& what,
                  std::size_t step,
                  std::span<const double> found,
                  std::span<const double> expected) {
    for (std::size_t at = 0; at < expected.size(); ++at) {
        const double scale = std::max(1.0, std::abs(expected[at]));
        if (!(std::abs(found[at] - expected[at]) <= kFormulaTolerance * scale)) {
            throw assay::wrong_result("step " + std::to_string(step) + ": " + what + "[" +
                                      std::to_string(at) + "] is " + ai::number_text(found[at]) +
                                      ", by the formula " + ai::number_text(expected[at]));
        }
    }
}

// All numbers below `count`, or so many as are computed, the first and the last among them.
std::vector<std::size_t> spread_over(std::size_t count) {
    const std::size_t most = std::min(count, FormulaAgent::kPoliciesByFormula);
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < most; ++i) {
        numbers.push_back(most == 1 ? 0 : i * (count - 1) / (most - 1));
    }
    return numbers;
}

} // namespace

FormulaAgent::FormulaAgent(ai::FactoredModel model,
                           ai::AgentOptions options,
                           ai::DirichletCounts counts)
    : model_(std::move(model))
    , options_(std::move(options))
    , counts_(std::move(counts))
    , policies_(model_.action_counts, options_.horizon)
    , prior_(model_.state_counts)
    , before_(model_.state_counts)
    , q_(model_.state_counts)
    , taken_(model_.state_counts.size())
    , actions_(model_.state_counts.size())
    , sample_(spread_over(policies_.size())) {}

void FormulaAgent::step(ai::Observation observation) {
    before_ = q_;
    taken_ = actions_;
    set_prior();
    infer_states(observation);
    evaluate_policies();
    observed_ = observation;
    ++steps_;
}

void FormulaAgent::set_prior() {
    prior_.set_uniform();
    for (std::size_t f = 0; f < prior_.size(); ++f) {
        if (steps_ > 0) {
            std::ranges::copy(ai::plain_prediction(model_, f, actions_[f], before_),
                              prior_[f].begin());
        } else if (!model_.priors.empty()) {
            std::ranges::copy(model_.priors[f], prior_[f].begin());
        }
    }
}

void FormulaAgent::infer_states(ai::Observation observation) {
    std::vector<std::vector<double>> logs; // ln p_m
    for (std::size_t m = 0; m < observation.size(); ++m) {
        logs.push_back(logs_of(ai::plain_likelihood(model_.likelihoods[m], observation[m])));
    }
    q_.set_uniform();
    double energy = complexity_of(q_, prior_);
    const std::size_t sweeps = q_.size() == 1 ? 1 : options_.states.max_sweeps;
    bool moves = true;
    for (std::size_t sweep = 0; moves && sweep < sweeps; ++sweep) {
        const ai::Beliefs old = q_;
        for (std::size_t f = 0; f < old.size(); ++f) {
            std::vector<double> log_q = logs_of(std::as_const(prior_)[f]);
            for (std::size_t m = 0; m < logs.size(); ++m) {
                const ai::FactorList& factors = model_.likelihood_factors[m];
                const auto at = std::ranges::find(factors, f);
                if (at == factors.end()) {
                    continue;
                }
                const std::vector<double> field = ai::plain_expectation(
                    logs[m], factors, old, static_cast<std::size_t>(at - factors.begin()));
                std::ranges::transform(log_q, field, log_q.begin(), std::plus<>());
            }
            std::ranges::copy(ai::plain_softmax(log_q), q_[f].begin());
        }
        const double was = std::exchange(energy, complexity_of(q_, prior_));
        for (std::size_t m = 0; m < logs.size(); ++m) {
            energy -= ai::plain_expectation(logs[m], model_.likelihood_factors[m], q_).front();
        }
        moves = !(std::abs(energy - was) < options_.states.tolerance);
    }
}

void FormulaAgent::evaluate_policies() {
    values_.clear();
    for (const std::size_t policy : sample_) {
        values_.push_back(ai::plain_expected_free_energy(model_, policies_, policy, q_));
    }
}

void FormulaAgent::set_posterior(std::span<const double> values) {
    std::vector<double> weights;
    for (std::size_t policy = 0; policy < policies_.size(); ++policy) {
        weights.push_back(options_.gamma * values[policy]);
        if (!model_.policy_prior.empty()) {
            weights.back() += ai::log_eps(model_.policy_prior[policy]);
        }
    }
    posterior_ = ai::plain_softmax(weights);
}

std::size_t FormulaAgent::hold(const ai::AgentState& agent, const ai::AgentLoop& loop) {
    const std::size_t step = steps_ - 1;
    hold_numbers("belief", step, agent.q.values(), std::as_const(q_).values());
    std::vector<double> found;
    for (const std::size_t policy : sample_) {
        found.push_back(loop.values()[policy]);
    }
    hold_numbers("G", step, found, values_);
    set_posterior(values_.size() == policies_.size() ? values_ : loop.values());
    hold_numbers("posterior of the policies", step, loop.posterior(), posterior_);
    for (std::size_t f = 0; f < agent.chosen.size(); ++f) {
        std::vector<double> marginal(model_.action_counts[f], 0.0);
        for (std::size_t policy = 0; policy < policies_.size(); ++policy) {
            marginal[policies_.action(policy, 0, f)] += posterior_[policy];
        }
        const double best = *std::ranges::max_element(marginal);
        if (marginal.at(agent.chosen[f]) < best - 2 * ai::kActionTie) {
            throw assay::wrong_result("step " + std::to_string(step) + ": action " +
                                      std::to_string(agent.chosen[f]) + " of factor " +
                                      std::to_string(f) + " has probability " +
                                      ai::number_text(marginal[agent.chosen[f]]) +
                                      ", the most probable one " + ai::number_text(best));
        }
    }
    actions_ = agent.chosen;
    return q_.values().size() + values_.size() + posterior_.size() + actions_.size();
}

void FormulaAgent::learn() {
    const ai::LearningRates& rates = options_.learning;
    for (std::size_t m = 0; rates.likelihoods > 0 && m < observed_.size(); ++m) {
        const ai::Outcome& seen = observed_[m];
        const std::vector<double> joint = ai::plain_joint(model_.likelihood_factors[m], q_);
        const auto addend = [&](std::size_t outcome, std::size_t state) {
            const double whole = outcome == seen.index ? 1 : 0;
            const double share = seen.is_soft() ? seen.soft[outcome] : whole;
            return rates.likelihoods * share * joint[state];
        };
        learn_tensor(counts_.likelihoods[m], model_.likelihoods[m], addend);
    }
    for (std::size_t f = 0; rates.transitions > 0 && steps_ > 1 && f < q_.size(); ++f) {
        const std::size_t actions = model_.action_counts[f];
        const std::vector<double> joint = ai::plain_joint(model_.transition_factors[f], before_);
        const auto addend = [&](std::size_t state, std::size_t column) {
            const double taken = column % actions == taken_[f] ? 1 : 0;
            return rates.transitions * taken * std::as_const(q_)[f][state] *
                   joint[column / actions];
        };
        learn_tensor(counts_.transitions[f], model_.transitions[f], addend);
    }
}

} // namespace assay::inference
