#include "active_inference/selective/modality_terms.hpp"

#include "active_inference/categorical.hpp"
#include "active_inference/logarithm.hpp"
#include "active_inference/policies/ambiguity.hpp"
#include "active_inference/policies/matrix_vector.hpp"

#include <algorithm>

namespace assay::active_inference {

ModalityTerms::ModalityTerms(const FactoredModel& model, std::size_t modality, std::size_t nodes)
    : outcomes_(model.outcome_counts[modality])
    , states_(model.likelihoods[modality].data.size() / outcomes_)
    , log_preferences_(outcomes_)
    , ambiguity_(states_)
    , kept_(outcomes_)
    , rest_(outcomes_)
    , predicted_(nodes * outcomes_)
    , utilities_(nodes)
    , gains_(nodes) {}

void ModalityTerms::refresh_preferences(std::span<const double> preferences) noexcept {
    if (preferences.empty()) { // every outcome is as good as any other
        std::ranges::fill(log_preferences_, log_eps(1.0 / static_cast<double>(outcomes_)));
        return;
    }
    std::ranges::copy(preferences, log_preferences_.begin());
    softmax(log_preferences_);
    std::ranges::transform(log_preferences_, log_preferences_.begin(), log_eps);
}

void ModalityTerms::refresh_tables(const Tensor& likelihood) noexcept {
    expected_log_likelihood(likelihood.data.data(), outcomes_, states_, ambiguity_.data());
}

void ModalityTerms::refresh_outcomes(std::size_t node,
                                     const Tensor& likelihood,
                                     const JointBelief& joint) noexcept {
    const double* const matrix = likelihood.data.data();
    multiply(matrix, outcomes_, states_, joint.above_floor().data(), kept_.data());
    const std::span<double> predicted = outcomes_of(node);
    std::ranges::copy(kept_, predicted.begin());
    if (joint.any_below_floor()) {
        multiply(matrix, outcomes_, states_, joint.below_floor().data(), rest_.data());
        for (std::size_t outcome = 0; outcome < outcomes_; ++outcome) {
            predicted[outcome] += rest_[outcome];
        }
    }
    double surprise = 0;
    for (const double probability : kept_) {
        surprise += probability * log_eps(probability);
    }
    gains_[node] = dot(joint.above_floor(), ambiguity_) - surprise;
}

void ModalityTerms::refresh_utility(std::size_t node) noexcept {
    utilities_[node] = dot(outcomes_of(node), log_preferences_);
}

UpdateCost ModalityTerms::preferences_cost() const noexcept {
    return {.logarithms = signed_count(outcomes_)};
}

UpdateCost ModalityTerms::tables_cost() const noexcept {
    return {.multiply_adds = signed_count(outcomes_ * states_),
            .logarithms = signed_count(outcomes_ * states_)};
}

UpdateCost ModalityTerms::outcomes_cost() const noexcept {
    return {.contractions = 1,
            .multiply_adds = signed_count(outcomes_ * states_ + 2 * states_ + outcomes_),
            .logarithms = signed_count(outcomes_)};
}

UpdateCost ModalityTerms::utility_cost() const noexcept {
    return {.multiply_adds = signed_count(outcomes_)};
}

} // namespace assay::active_inference
