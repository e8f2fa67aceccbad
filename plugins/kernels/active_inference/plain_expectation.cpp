#include "active_inference/plain_expectation.hpp"

#include <algorithm>
#include <cmath>

namespace assay::active_inference {

std::vector<double> plain_expectation(std::span<const double> table,
                                      const FactorList& factors,
                                      const Beliefs& q,
                                      std::size_t kept) {
    std::vector<double> sums(kept == kKeepNone ? 1 : q[factors[kept]].size());
    std::vector<std::size_t> state(factors.size()); // of each factor, the last one fastest
    for (const double entry : table) {
        double weight = 1;
        for (std::size_t axis = 0; axis < factors.size(); ++axis) {
            weight *= axis == kept ? 1 : q[factors[axis]][state[axis]];
        }
        sums[kept == kKeepNone ? 0 : state[kept]] += entry * weight;
        for (std::size_t axis = factors.size(); axis-- > 0;) {
            if (++state[axis] < q[factors[axis]].size()) {
                break;
            }
            state[axis] = 0;
        }
    }
    return sums;
}

std::vector<double> plain_joint(const FactorList& factors, const Beliefs& q) {
    std::vector<double> joint{1};
    for (const std::size_t factor : factors) {
        std::vector<double> longer;
        longer.reserve(joint.size() * q[factor].size());
        for (const double before : joint) {
            for (const double share : q[factor]) {
                longer.push_back(before * share);
            }
        }
        joint = std::move(longer);
    }
    return joint;
}

std::vector<double> plain_likelihood(const Tensor& likelihood, const Outcome& outcome) {
    const std::size_t outcomes = likelihood.shape.front();
    const std::size_t states = likelihood.data.size() / outcomes;
    std::vector<double> p(states);
    for (std::size_t o = 0; o < outcomes; ++o) {
        const double share = outcome.is_soft() ? outcome.soft[o] : (o == outcome.index ? 1 : 0);
        for (std::size_t s = 0; share != 0 && s < states; ++s) {
            p[s] += share * likelihood.data[o * states + s];
        }
    }
    return p;
}

std::vector<double>
plain_transition_row(const Tensor& transition, std::size_t next_state, std::size_t action) {
    const std::size_t actions = transition.shape.back();
    const std::size_t width = transition.data.size() / transition.shape.front() / actions;
    std::vector<double> row(width);
    for (std::size_t parents = 0; parents < width; ++parents) {
        row[parents] = transition.data[(next_state * width + parents) * actions + action];
    }
    return row;
}

std::vector<double> plain_prediction(const FactoredModel& model,
                                     std::size_t factor,
                                     std::size_t action,
                                     const Beliefs& q) {
    std::vector<double> next;
    for (std::size_t to = 0; to < model.state_counts[factor]; ++to) {
        const auto row = plain_transition_row(model.transitions[factor], to, action);
        next.push_back(plain_expectation(row, model.transition_factors[factor], q).front());
    }
    return next;
}

std::vector<double> plain_softmax(std::span<const double> values) {
    std::vector<double> shares(values.begin(), values.end());
    const double highest = *std::ranges::max_element(values);
    double sum = 0;
    for (double& share : shares) {
        share = std::exp(share - highest);
        sum += share;
    }
    for (double& share : shares) {
        share /= sum;
    }
    return shares;
}

} // namespace assay::active_inference
