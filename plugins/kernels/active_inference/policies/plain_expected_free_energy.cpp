#include "active_inference/policies/plain_expected_free_energy.hpp"

#include "active_inference/logarithm.hpp"
#include "active_inference/plain_expectation.hpp"

#include <algorithm>
#include <cmath>

namespace assay::active_inference {

namespace {

// C_m of a step as probabilities; uniform without preferences.
std::vector<double>
preferred_outcomes(const FactoredModel& model, std::size_t modality, std::size_t step) {
    std::vector<double> column(model.outcome_counts[modality]);
    if (!model.preferences.empty()) {
        const Tensor& c = model.preferences[modality];
        const std::size_t steps = c.shape.size() == 2 ? c.shape[1] : 1;
        for (std::size_t o = 0; o < column.size(); ++o) {
            column[o] = c.data[o * steps + (steps == 1 ? 0 : step)];
        }
    }
    return plain_softmax(column);
}

double modality_value(const FactoredModel& model,
                      std::size_t modality,
                      const Beliefs& q,
                      std::size_t step) {
    const std::vector<double>& a = model.likelihoods[modality].data;
    const std::vector<double> joint = plain_joint(model.likelihood_factors[modality], q);
    const std::vector<double> preferred = preferred_outcomes(model, modality, step);
    double value = 0;
    for (std::size_t o = 0; o < preferred.size(); ++o) {
        double outcome = 0, of_kept = 0;
        for (std::size_t s = 0; s < joint.size(); ++s) {
            const double entry = a[o * joint.size() + s];
            outcome += entry * joint[s];
            if (joint[s] > kGainFloor) {
                of_kept += entry * joint[s];
                value += joint[s] * entry * std::log(entry + kGainFloor);
            }
        }
        value += outcome * log_eps(preferred[o]) - of_kept * log_eps(of_kept);
    }
    return value;
}

} // namespace

Beliefs plain_step(const FactoredModel& model,
                   const PolicySpace& policies,
                   std::size_t policy,
                   std::size_t step,
                   const Beliefs& q) {
    Beliefs next = q;
    for (std::size_t f = 0; f < q.size(); ++f) {
        const std::size_t action = policies.action(policy, step, f);
        std::ranges::copy(plain_prediction(model, f, action, q), next[f].begin());
    }
    return next;
}

std::vector<std::vector<double>> plain_outcomes(const FactoredModel& model, const Beliefs& q) {
    std::vector<std::vector<double>> outcomes;
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        std::vector<double>& of_modality = outcomes.emplace_back();
        for (std::size_t o = 0; o < model.outcome_counts[m]; ++o) {
            const auto p = plain_likelihood(model.likelihoods[m], {.index = o});
            of_modality.push_back(plain_expectation(p, model.likelihood_factors[m], q).front());
        }
    }
    return outcomes;
}

double plain_step_value(const FactoredModel& model, const Beliefs& q, std::size_t step) {
    double value = 0;
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        value += modality_value(model, m, q, step);
    }
    return value;
}

double plain_expected_free_energy(const FactoredModel& model,
                                  const PolicySpace& policies,
                                  std::size_t policy,
                                  const Beliefs& q) {
    double value = 0;
    Beliefs now = q;
    for (std::size_t step = 0; step < policies.horizon(); ++step) {
        now = plain_step(model, policies, policy, step, now);
        value += plain_step_value(model, now, step);
    }
    return value;
}

} // namespace assay::active_inference
