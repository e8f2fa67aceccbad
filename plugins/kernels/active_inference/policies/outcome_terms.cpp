#include "active_inference/policies/outcome_terms.hpp"

#include "active_inference/categorical.hpp"
#include "active_inference/learning/column_norms.hpp"
#include "active_inference/logarithm.hpp"
#include "active_inference/policies/ambiguity.hpp"
#include "active_inference/policies/matrix_vector.hpp"

#include <algorithm>

namespace assay::active_inference {
namespace {

// Number of preference columns of a modality; 0 without preferences.
std::size_t preference_steps_of(const FactoredModel& model, std::size_t modality) {
    if (model.preferences.empty()) {
        return 0;
    }
    const Tensor& preference = model.preferences[modality];
    return preference.shape.size() > 1 ? preference.shape[1] : 1;
}

} // namespace

OutcomeTerms::OutcomeTerms(const FactoredModel& model,
                           std::size_t modality,
                           const EfeOptions& options)
    : modality_(modality)
    , outcomes_(model.outcome_counts[modality])
    , states_(model.likelihoods[modality].data.size() / outcomes_)
    , preference_steps_(preference_steps_of(model, modality))
    , utility_(options.utility)
    , gain_(options.state_gain == StateGain::factorised)
    , learns_(options.likelihood_gain)
    , log_preferences_(std::max<std::size_t>(preference_steps_, 1) * outcomes_)
    , kept_outcomes_(outcomes_)
    , taught_(outcomes_) {
    const std::size_t entries = outcomes_ * states_;
    ambiguity_ =
        KeptTable(options.cache, states_, {.multiply_adds = entries, .logarithms = entries});
    weights_ = KeptTable(options.cache, learns_ ? entries : 0, {.multiply_adds = 2 * entries});
    refresh(model);
}

void OutcomeTerms::refresh(const FactoredModel& model) {
    ambiguity_.forget();
    weights_.forget();
    for (std::size_t step = 0; step < preference_steps_; ++step) {
        const std::span<double> column(log_preferences_.data() + step * outcomes_, outcomes_);
        for (std::size_t outcome = 0; outcome < outcomes_; ++outcome) {
            column[outcome] = model.preferences[modality_].data[outcome * preference_steps_ + step];
        }
        softmax(column);
        std::ranges::transform(column, column.begin(), log_eps);
    }
    if (preference_steps_ == 0) {
        // No preference: every outcome is as good as any other.
        std::ranges::fill(log_preferences_, log_eps(1.0 / static_cast<double>(outcomes_)));
    }
}

WorkCost OutcomeTerms::cost() const noexcept {
    WorkCost cost{.contractions = 1, .multiply_adds = outcomes_ * states_};
    if (utility_) {
        cost.multiply_adds += outcomes_;
    }
    if (gain_) {
        cost.multiply_adds += states_ + outcomes_;
        cost.logarithms += outcomes_;
    }
    if (learns_) {
        cost.contractions += 1;
        cost.multiply_adds += outcomes_ * states_ + outcomes_;
    }
    return cost;
}

WorkCost OutcomeTerms::table_cost() const noexcept {
    WorkCost cost;
    if (gain_) {
        cost += ambiguity_.cost();
    }
    if (learns_) {
        cost += weights_.cost();
    }
    return cost;
}

void OutcomeTerms::predict(const Tensor& likelihood,
                           const JointBelief& joint,
                           std::span<double> outcomes) noexcept {
    const double* const matrix = likelihood.data.data();
    multiply(matrix, outcomes_, states_, joint.above_floor().data(), kept_outcomes_.data());
    std::ranges::copy(kept_outcomes_, outcomes.begin());
    if (joint.any_below_floor()) {
        multiply(matrix, outcomes_, states_, joint.below_floor().data(), taught_.data());
        for (std::size_t outcome = 0; outcome < outcomes_; ++outcome) {
            outcomes[outcome] += taught_[outcome];
        }
    }
}

double
OutcomeTerms::state_gain(const Tensor& likelihood, const JointBelief& joint, PolicyWork& work) {
    const std::span<const double> ambiguity = ambiguity_.get(work, [&](std::span<double> out) {
        expected_log_likelihood(likelihood.data.data(), outcomes_, states_, out.data());
    });
    double surprise = 0;
    for (const double probability : kept_outcomes_) {
        surprise += probability * log_eps(probability);
    }
    return dot(joint.above_floor(), ambiguity) - surprise;
}

EfeParts OutcomeTerms::evaluate(const FactoredModel& model,
                                const DirichletCounts* counts,
                                const JointBelief& joint,
                                std::size_t step,
                                std::span<double> outcomes,
                                PolicyWork& work) {
    const Tensor& likelihood = model.likelihoods[modality_];
    predict(likelihood, joint, outcomes);
    work.add_done(cost());
    EfeParts parts;
    if (utility_) {
        const std::size_t column = preference_steps_ > 1 ? step : 0;
        parts.utility =
            dot(outcomes, std::span(log_preferences_).subspan(column * outcomes_, outcomes_));
    }
    if (gain_) {
        parts.state_gain = state_gain(likelihood, joint, work);
    }
    if (learns_) {
        const std::vector<double>& learnt = counts->likelihoods[modality_].data;
        const std::span<const double> weights = weights_.get(
            work, [&](std::span<double> out) { weigh_learnable(learnt, outcomes_, out); });
        multiply(weights.data(), outcomes_, states_, joint.values().data(), taught_.data());
        parts.likelihood_gain = -dot(outcomes, taught_);
    }
    return parts;
}

} // namespace assay::active_inference
