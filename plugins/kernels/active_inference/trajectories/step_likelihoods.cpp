#include "active_inference/trajectories/step_likelihoods.hpp"

#include "active_inference/logarithm.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace assay::active_inference {

std::optional<std::size_t> joint_table_bytes(const FactoredModel& model, std::size_t steps) {
    std::vector<std::size_t> shape = model.state_counts;
    shape.push_back(2 * steps + model.outcome_counts.size());
    shape.push_back(sizeof(double));
    return element_count(shape);
}

StepLikelihoods::StepLikelihoods(const FactoredModel& model,
                                 std::size_t steps,
                                 JointRule rule,
                                 bool with_logs)
    : rule_(rule)
    , vectors_(model.state_counts.size()) {
    const auto bytes = joint_table_bytes(model, steps);
    if (!bytes || *bytes > kJointTableBytesMax) {
        throw std::length_error("the likelihood over all factors " +
                                shape_text(model.state_counts) + " at " + std::to_string(steps) +
                                " steps takes " +
                                (bytes ? std::to_string(*bytes) : "more than 2^64") +
                                " bytes, expected at most " + std::to_string(kJointTableBytesMax) +
                                ": use the factorised form with gradient updates");
    }
    states_ = *element_count(model.state_counts);
    for (const FactorList& factors : model.likelihood_factors) {
        std::vector<std::size_t>& places = places_.emplace_back(states_);
        for (std::size_t state = 0; state < states_; ++state) {
            const std::vector<std::size_t> index = unravel(model.state_counts, state);
            for (const std::size_t factor : factors) {
                places[state] = places[state] * model.state_counts[factor] + index[factor];
            }
        }
    }
    tables_.resize(steps * states_);
    logs_.resize(with_logs ? steps * states_ : 0);
    everything_ = Contraction(model.state_counts, {});
    space_.resize(everything_.workspace());
}

void StepLikelihoods::set(std::size_t step,
                          std::span<const double* const> slices,
                          TrajectoryWork& work) noexcept {
    double* const table = tables_.data() + step * states_;
    for (std::size_t state = 0; state < states_; ++state) {
        double value = rule_ == JointRule::product ? 1 : 0;
        for (std::size_t m = 0; m < slices.size(); ++m) {
            const double part = slices[m][places_[m][state]];
            value = rule_ == JointRule::product ? value * part : value + part;
        }
        table[state] = value;
    }
    if (!logs_.empty()) {
        std::transform(table, table + states_, logs_.data() + step * states_, log_eps);
        work.logarithms += states_;
    }
}

double
StepLikelihoods::expected_log(std::size_t step, const Beliefs& q, TrajectoryWork& work) noexcept {
    for (std::size_t f = 0; f < vectors_.size(); ++f) {
        vectors_[f] = q[f].data();
    }
    double out = 0;
    everything_(logs_.data() + step * states_, vectors_.data(), &out, space_.data());
    work.count(everything_.ops());
    return out;
}

} // namespace assay::active_inference
