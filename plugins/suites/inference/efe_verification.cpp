#include "efe_verification.hpp"

#include "active_inference/logarithm.hpp"

#include <cmath>

namespace assay::inference {

namespace ai = active_inference;

namespace {

ai::Beliefs moved(const ai::FactoredModel& model,
                  const ai::PolicySpace& policies,
                  std::size_t policy,
                  std::size_t step,
                  const ai::Beliefs& q) {
    ai::Beliefs next = q;
    for (std::size_t f = 0; f < q.size(); ++f) {
        const std::size_t states = model.state_counts[f];
        const std::size_t actions = model.action_counts[f];
        const std::size_t action = policies.action(policy, step, f);
        for (std::size_t to = 0; to < states; ++to) {
            double sum = 0;
            for (std::size_t from = 0; from < states; ++from) {
                sum +=
                    model.transitions[f].data[(to * states + from) * actions + action] * q[f][from];
            }
            next[f][to] = sum;
        }
    }
    return next;
}

// Q of a joint state of the factors that a modality sees, row-major.
double joint_at(const ai::FactoredModel& model,
                const ai::FactorList& factors,
                const ai::Beliefs& q,
                std::size_t state) {
    double product = 1;
    for (std::size_t at = factors.size(); at-- > 0;) {
        const std::size_t states = model.state_counts[factors[at]];
        product *= q[factors[at]][state % states];
        state /= states;
    }
    return product;
}

double value_of(const ai::FactoredModel& model, std::size_t modality, const ai::Beliefs& q) {
    const std::vector<double>& a = model.likelihoods[modality].data;
    const std::size_t outcomes = model.outcome_counts[modality];
    const std::size_t states = a.size() / outcomes;
    std::vector<double> predicted(outcomes, 0.0);
    std::vector<double> kept(outcomes, 0.0);
    double known = 0;
    for (std::size_t s = 0; s < states; ++s) {
        const double probability = joint_at(model, model.likelihood_factors[modality], q, s);
        for (std::size_t o = 0; o < outcomes; ++o) {
            const double entry = a[o * states + s];
            predicted[o] += entry * probability;
            if (probability > ai::kGainFloor) {
                kept[o] += entry * probability;
                known += probability * entry * std::log(entry + ai::kGainFloor);
            }
        }
    }
    double value = known;
    const double log_preference = ai::log_eps(1.0 / static_cast<double>(outcomes));
    for (std::size_t o = 0; o < outcomes; ++o) {
        value += predicted[o] * log_preference - kept[o] * ai::log_eps(kept[o]);
    }
    return value;
}

} // namespace

double plain_efe(const ai::FactoredModel& model,
                 const ai::PolicySpace& policies,
                 std::size_t policy,
                 const ai::Beliefs& q) {
    double value = 0;
    ai::Beliefs now = q;
    for (std::size_t step = 0; step < policies.horizon(); ++step) {
        now = moved(model, policies, policy, step, now);
        for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
            value += value_of(model, m, now);
        }
    }
    return value;
}

} // namespace assay::inference
