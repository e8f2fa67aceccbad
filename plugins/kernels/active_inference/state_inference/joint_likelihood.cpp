#include "active_inference/state_inference/joint_likelihood.hpp"

#include <algorithm>
#include <utility>

namespace assay::active_inference {
namespace {

// Likelihoods are floored at 1e-16 or above, so a product of this many stays a normal number
// (1e-288) and keeps all its bits.
constexpr std::size_t kFactorsOfProduct = 18;

void multiply_floored(std::span<const double> likelihood,
                      LogDialect dialect,
                      std::span<double> product) noexcept {
    if (dialect == LogDialect::eps) {
        for (std::size_t s = 0; s < product.size(); ++s) {
            product[s] *= likelihood[s] + kLogFloor;
        }
    } else {
        for (std::size_t s = 0; s < product.size(); ++s) {
            product[s] *= std::max(likelihood[s], kClipFloor);
        }
    }
}

void add(std::span<const double> more, std::span<double> sum) noexcept {
    for (std::size_t s = 0; s < sum.size(); ++s) {
        sum[s] += more[s];
    }
}

} // namespace

JointLikelihood::JointLikelihood(const FactoredModel& model,
                                 std::vector<ModalityGroup> groups,
                                 LogLikelihoodOptions options)
    : model_(&model)
    , options_(options)
    , groups_(std::move(groups))
    , single_(model, options) {
    std::size_t largest = 0;
    for (const ModalityGroup& group : groups_) {
        own_.emplace_back(group.entries);
        tables_.push_back(own_.back().data());
        largest = std::max(largest, group.entries);
    }
    product_.resize(largest);
    mixture_.resize(largest);
}

void JointLikelihood::observe(Observation observation) noexcept {
    for (std::size_t group = 0; group < groups_.size(); ++group) {
        observe_group(group, observation);
    }
}

// Where logarithms are there already, or come before the sum over outcomes.
bool JointLikelihood::adds_logarithms(const Outcome& outcome) const noexcept {
    return outcome.is_soft() ? options_.dialect == LogDialect::clip : options_.cached;
}

void JointLikelihood::observe_group(std::size_t group, Observation observation) noexcept {
    const std::vector<std::size_t>& modalities = groups_[group].modalities;
    if (modalities.size() == 1) {
        logarithms_ += single_.observe(modalities[0], observation[modalities[0]]);
        tables_[group] = single_[modalities[0]].data();
        return;
    }
    const std::span<double> table = own_[group];
    const std::span<double> product = std::span(product_).first(table.size());
    const std::span<double> mixture = std::span(mixture_).first(table.size());
    std::ranges::fill(table, 0.0);
    std::size_t multiplied = 0;
    const auto take_logarithm = [&] {
        for (std::size_t s = 0; multiplied > 0 && s < table.size(); ++s) {
            table[s] += std::log(product[s]);
        }
        logarithms_ += multiplied > 0 ? table.size() : 0;
        multiplied = 0;
    };
    for (const std::size_t m : modalities) {
        if (adds_logarithms(observation[m])) {
            logarithms_ += single_.observe(m, observation[m]);
            add(single_[m], table);
            continue;
        }
        if (multiplied == 0) {
            std::ranges::fill(product, 1.0);
        }
        const Tensor& likelihood = model_->likelihoods[m];
        std::span<const double> factor = mixture;
        if (observation[m].is_soft()) {
            outcome_likelihood(likelihood, observation[m], mixture);
        } else {
            factor = std::span(likelihood.data)
                         .subspan(observation[m].index * table.size(), table.size());
        }
        multiply_floored(factor, options_.dialect, product);
        if (++multiplied == kFactorsOfProduct) {
            take_logarithm();
        }
    }
    take_logarithm();
}

std::vector<double> dense_log_likelihood(const FactoredModel& model, Observation observation) {
    const ModalityGroup all = dense_group(model);
    std::vector<double> product(all.entries, 1.0);
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        const Tensor& likelihood = model.likelihoods[m];
        std::vector<double> table(likelihood.data.size() / likelihood.shape.front());
        outcome_likelihood(likelihood, observation[m], table);
        for (std::size_t flat = 0; flat < product.size(); ++flat) {
            const std::vector<std::size_t> states = unravel(all.shape, flat);
            std::size_t at = 0;
            for (const std::size_t factor : model.likelihood_factors[m]) {
                at = at * model.state_counts[factor] + states[factor];
            }
            product[flat] *= table[at];
        }
    }
    log_entries(product, LogDialect::eps, product);
    return product;
}

} // namespace assay::active_inference
