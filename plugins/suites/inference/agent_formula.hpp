// A step of an agent straight from its formulas, in plain loops: nothing shared, nothing kept. What
// the agents of the kernel are held against before they are timed.
//
//   FormulaAgent formula(model, options, counts);
//   formula.step(observation);
//   compared += formula.hold(agent, loop);   // throws wrong_result if that one did something else
//   formula.learn();
//
//   q      <- softmax(sum_m E_{q without q_f}[ln p_m] + ln(D_f + 1e-16)), all factors at once from
//             uniform ones, until |F - F before| < tolerance; D is B[action] q from the second step
//             on
//   G(pi)   = sum over steps and modalities of qo . ln(softmax(C) + 1e-16)
//             + sum_{s: Q > e^-16} Q sum_o A ln(A + e^-16) - qo' . ln(qo' + 1e-16)
//   q_pi    = softmax(gamma G + ln(E + 1e-16))
//
// One thread at a time. For any model without fault; slow.
#pragma once

#include "active_inference/agent/agent_loop.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::inference {

class FormulaAgent {
public:
    static constexpr std::size_t kPoliciesByFormula = 64;

    // `counts` of what the options make it learn.
    FormulaAgent(active_inference::FactoredModel model,
                 active_inference::AgentOptions options,
                 active_inference::DirichletCounts counts = {});

    void step(active_inference::Observation observation);

    // Beliefs, G and the posterior of the policies within 1e-9, each action one of the most
    // probable ones, which is then taken here, too. Of more policies than kPoliciesByFormula G of
    // as many that are spread over all; the posterior is then that of the loop's G. Returns how
    // many numbers that were.
    std::size_t hold(const active_inference::AgentState& agent,
                     const active_inference::AgentLoop& loop);

    void learn();

private:
    void set_prior();
    void infer_states(active_inference::Observation observation);
    void evaluate_policies();
    void set_posterior(std::span<const double> values);

    active_inference::FactoredModel model_;
    active_inference::AgentOptions options_;
    active_inference::DirichletCounts counts_;
    active_inference::PolicySpace policies_;
    std::size_t steps_ = 0; // begun
    active_inference::Observation observed_;
    active_inference::Beliefs prior_, before_, q_;
    std::vector<std::size_t> taken_;   // led to the beliefs
    std::vector<std::size_t> actions_; // taken next
    std::vector<std::size_t> sample_;  // policies whose G is computed
    std::vector<double> values_;       // of those
    std::vector<double> posterior_;
};

} // namespace assay::inference
