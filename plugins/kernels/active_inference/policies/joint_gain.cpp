#include "active_inference/policies/joint_gain.hpp"

#include "active_inference/logarithm.hpp"
#include "active_inference/policies/ambiguity.hpp"
#include "active_inference/policies/outer_product.hpp"

#include <numeric>
#include <stdexcept>

namespace assay::active_inference {
namespace {

// The column of A_m that belongs to a joint state, given by its index along every factor.
std::size_t
column_of(const FactoredModel& model, std::size_t modality, std::span<const std::size_t> state) {
    std::size_t column = 0;
    for (const std::size_t factor : model.likelihood_factors[modality]) {
        column = column * model.state_counts[factor] + state[factor];
    }
    return column;
}

} // namespace

std::optional<std::size_t> joint_gain_bytes(const FactoredModel& model) {
    const auto states = element_count(model.state_counts);
    const auto outcomes = element_count(model.outcome_counts);
    if (!states || !outcomes) {
        return std::nullopt;
    }
    const std::size_t per_state =
        2 * sizeof(double) + model.outcome_counts.size() * sizeof(std::size_t);
    const std::size_t by_state[] = {*states, per_state};
    const std::size_t by_outcome[] = {*outcomes, 2 * sizeof(double)};
    const auto first = element_count(by_state);
    const auto second = element_count(by_outcome);
    if (!first || !second || *first + *second < *first) {
        return std::nullopt;
    }
    return *first + *second;
}

JointGain::JointGain(const FactoredModel& model, bool cache) {
    if (!joint_gain_bytes(model)) {
        throw std::length_error("the joint information gain of these factors and modalities has "
                                "more entries than can be counted: use the factorised one");
    }
    states_ = *element_count(model.state_counts);
    outcomes_ = *element_count(model.outcome_counts);
    for (std::size_t state = 0; state < states_; ++state) {
        const std::vector<std::size_t> index = unravel(model.state_counts, state);
        for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
            columns_.push_back(column_of(model, m, index));
        }
    }
    for (const Tensor& likelihood : model.likelihoods) {
        widths_.push_back(likelihood.data.size() / likelihood.shape.front());
    }
    joint_.resize(states_);
    likelihood_.resize(outcomes_);
    predicted_.resize(outcomes_);
    picked_.resize(
        std::accumulate(model.outcome_counts.begin(), model.outcome_counts.end(), std::size_t{0}));
    const double* at = picked_.data();
    for (const std::size_t count : model.outcome_counts) {
        picked_columns_.emplace_back(at, count);
        at += count;
    }
    beliefs_.resize(model.state_counts.size());
    const std::uint64_t entries = states_ * outcomes_;
    ambiguity_ = KeptTable(cache, states_, {.multiply_adds = entries, .logarithms = entries});
}

WorkCost JointGain::cost() const noexcept {
    return {.contractions = 1,
            .multiply_adds = states_ * outcomes_ + states_ + outcomes_,
            .logarithms = outcomes_};
}

void JointGain::condition_on(const FactoredModel& model, std::size_t state) noexcept {
    double* to = picked_.data();
    for (std::size_t m = 0; m < widths_.size(); ++m) {
        const std::size_t column = columns_[state * widths_.size() + m];
        for (std::size_t outcome = 0; outcome < model.outcome_counts[m]; ++outcome) {
            *to++ = model.likelihoods[m].data[outcome * widths_[m] + column];
        }
    }
    outer_product(picked_columns_, likelihood_);
}

double JointGain::evaluate(const FactoredModel& model, const Beliefs& q, PolicyWork& work) {
    const std::span<const double> ambiguity = ambiguity_.get(work, [&](std::span<double> out) {
        for (std::size_t state = 0; state < states_; ++state) {
            condition_on(model, state);
            expected_log_likelihood(likelihood_.data(), outcomes_, 1, &out[state]);
        }
    });
    for (std::size_t factor = 0; factor < q.size(); ++factor) {
        beliefs_[factor] = q[factor];
    }
    outer_product(beliefs_, joint_);
    predicted_.assign(outcomes_, 0.0);
    double gain = 0;
    for (std::size_t state = 0; state < states_; ++state) {
        const double probability = joint_[state];
        if (probability > kGainFloor) {
            condition_on(model, state);
            for (std::size_t outcome = 0; outcome < outcomes_; ++outcome) {
                predicted_[outcome] += probability * likelihood_[outcome];
            }
            gain += probability * ambiguity[state];
        }
    }
    for (const double probability : predicted_) {
        gain -= probability * log_eps(probability);
    }
    work.add_done(cost());
    return gain;
}

} // namespace assay::active_inference
