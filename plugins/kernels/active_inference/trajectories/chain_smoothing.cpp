#include "active_inference/trajectories/chain_smoothing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace assay::active_inference {

namespace {

const FactoredModel& one_chain(const FactoredModel& model) {
    if (model.state_counts.size() != 1) {
        throw std::invalid_argument("state_counts is " + shape_text(model.state_counts) +
                                    ", exact smoothing expects one factor");
    }
    return model;
}

// Sum before; a sum of 0 leaves the entries as they are.
double scale_to_one(std::span<double> values) noexcept {
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    for (double& value : values) {
        value = sum > 0 ? value / sum : value;
    }
    return sum;
}

} // namespace

ChainSmoothing::ChainSmoothing(const FactoredModel& model, TrajectoryLengths lengths)
    : states_(one_chain(model).state_counts[0])
    , tables_(model.likelihoods)
    , transitions_(model, TransitionTable::probability, 0)
    , likelihoods_(lengths.observed * states_)
    , ahead_(states_)
    , message_(states_) {}

// The plain product over modalities: 40 of them at 1e-3 make 1e-120, far above the smallest double.
void ChainSmoothing::observe(std::span<const Outcome> window) noexcept {
    observed_ = tables_.empty() ? 0 : window.size() / tables_.size();
    std::ranges::fill(likelihoods_, 1.0);
    for (std::size_t at = 0; at < window.size(); ++at) {
        const std::size_t step = at / tables_.size();
        const Tensor& table = tables_[at % tables_.size()];
        const Outcome& outcome = window[at];
        for (std::size_t s = 0; s < states_; ++s) {
            double value = 0;
            if (outcome.is_soft()) {
                for (std::size_t o = 0; o < outcome.soft.size(); ++o) {
                    value += outcome.soft[o] * table.data[o * states_ + s];
                }
            } else {
                value = table.data[outcome.index * states_ + s];
            }
            likelihoods_[step * states_ + s] *= value;
        }
    }
}

// q <- q * likelihood, normalised; returns p(observation | what q stood for).
double ChainSmoothing::weigh(std::size_t step, std::span<double> q) const noexcept {
    const double* const likelihood = likelihoods_.data() + step * states_;
    const double evidence = std::inner_product(q.begin(), q.end(), likelihood, 0.0);
    if (evidence > 0) {
        for (std::size_t s = 0; s < states_; ++s) {
            q[s] = q[s] * likelihood[s] / evidence;
        }
    }
    return evidence;
}

double ChainSmoothing::infer(const Beliefs& prior,
                             ActionRows actions,
                             std::span<Beliefs> trajectory) noexcept {
    const std::size_t steps = actions.size() + 1;
    double log_evidence = 0;
    std::ranges::copy(prior[0], trajectory[0][0].begin());
    for (std::size_t t = 0; t < steps; ++t) {
        if (t > 0) {
            transitions_.forward(0, actions[t - 1], trajectory[t - 1], trajectory[t][0], work_);
        }
        if (t < observed_) {
            log_evidence += std::log(weigh(t, trajectory[t][0]));
        }
    }
    std::ranges::fill(ahead_, 1.0);
    const TransitionArc& arc = transitions_.arcs(0).front();
    for (std::size_t t = steps - 1; t-- > 0;) {
        if (t + 1 < observed_) {
            (void)weigh(t + 1, ahead_);
        }
        transitions_.gathered(arc, actions[t], ahead_, trajectory[t], message_, work_);
        std::ranges::copy(message_, ahead_.begin());
        (void)scale_to_one(ahead_);
        const std::span<double> q = trajectory[t][0];
        for (std::size_t s = 0; s < states_; ++s) {
            message_[s] = q[s] * ahead_[s];
        }
        if (scale_to_one(message_) > 0) {
            std::ranges::copy(message_, q.begin());
        }
    }
    return log_evidence;
}

} // namespace assay::active_inference
