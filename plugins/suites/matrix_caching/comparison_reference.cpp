#include "comparison_reference.hpp"

#include "active_inference/logarithm.hpp"

#include <cmath>
#include <vector>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

using Factors = std::vector<std::vector<double>>;

std::vector<double>
moved(const ai::Tensor& transitions, const std::vector<double>& q, std::size_t action) {
    const std::size_t states = q.size(), actions = transitions.shape.back();
    std::vector<double> next(states, 0.0);
    for (std::size_t to = 0; to < states; ++to) {
        for (std::size_t from = 0; from < states; ++from) {
            next[to] += transitions.data[(to * states + from) * actions + action] * q[from];
        }
    }
    return next;
}

std::vector<double> joint_of(const Factors& factors) {
    std::vector<double> joint{1.0};
    for (const std::vector<double>& factor : factors) {
        std::vector<double> wider;
        for (const double before : joint) {
            for (const double share : factor) {
                wider.push_back(before * share);
            }
        }
        joint = wider;
    }
    return joint;
}

// ln softmax(C)[outcome], of the probability as the agent's dialect floors it.
double log_preference(const ai::Tensor& preference, std::size_t outcome) {
    double sum = 0;
    for (const double each : preference.data) {
        sum += std::exp(each);
    }
    return ai::log_eps(std::exp(preference.data[outcome]) / sum);
}

// States below the floor are expected to teach nothing.
double modality_value(const ai::Tensor& likelihood,
                      const ai::Tensor& preference,
                      const std::vector<double>& joint) {
    double value = 0;
    for (std::size_t o = 0; o < preference.data.size(); ++o) {
        double all = 0, kept = 0;
        for (std::size_t s = 0; s < joint.size(); ++s) {
            const double a = likelihood.data[o * joint.size() + s];
            all += a * joint[s];
            if (joint[s] > ai::kGainFloor) {
                kept += a * joint[s];
                value += joint[s] * a * std::log(a + ai::kGainFloor);
            }
        }
        value += all * log_preference(preference, o) - kept * ai::log_eps(kept);
    }
    return value;
}

} // namespace

double reference_policy_value(const ai::FactoredModel& model,
                              const ai::Beliefs& q,
                              const ai::PolicySpace& policies,
                              std::size_t policy) {
    Factors factors;
    for (std::size_t f = 0; f < q.size(); ++f) {
        factors.emplace_back(q[f].begin(), q[f].end());
    }
    double sum = 0;
    for (std::size_t step = 0; step < policies.horizon(); ++step) {
        for (std::size_t f = 0; f < factors.size(); ++f) {
            factors[f] = moved(model.transitions[f], factors[f], policies.action(policy, step, f));
        }
        const std::vector<double> joint = joint_of(factors);
        for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
            sum += modality_value(model.likelihoods[m], model.preferences[m], joint);
        }
    }
    return sum;
}

} // namespace assay::matrix_caching
