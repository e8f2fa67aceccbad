#include "likelihood_requests.hpp"

#include "active_inference/model_fault.hpp"
#include "active_inference/random_model.hpp"
#include "random_source/random_source.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::uint64_t kLikelihoodModelSeed = 7;
constexpr std::uint32_t kKeysMax = std::uint32_t{1} << 28;

std::uint64_t power(std::uint64_t base, std::size_t exponent) noexcept {
    std::uint64_t result = 1;
    for (std::size_t i = 0; i < exponent; ++i) {
        result = std::min<std::uint64_t>(result * base, kKeysMax * std::uint64_t{2});
    }
    return result;
}

// The least number of outcomes, 2 or more, with which that many observations differ.
std::uint32_t outcomes_for(std::uint32_t keys, std::size_t modalities) noexcept {
    // From just below the root, whose last digits the arithmetic may get wrong.
    const double root = std::pow(static_cast<double>(keys), 1.0 / static_cast<double>(modalities));
    auto outcomes = static_cast<std::uint32_t>(std::max(2.0, std::floor(root) - 1));
    while (power(outcomes, modalities) < keys) {
        ++outcomes;
    }
    return outcomes;
}

ai::FactoredModel model_for(const LikelihoodAxes& axes, std::uint32_t keys) {
    ai::RandomModelOptions options;
    options.state_counts.assign(axes.factors, axes.states);
    options.action_counts.assign(axes.factors, 1);
    options.outcome_counts.assign(axes.factors, outcomes_for(keys, axes.factors));
    ai::FactoredModel model =
        ai::random_model(options, derived_seed(axes.seed, kLikelihoodModelSeed));
    if (const auto fault = ai::first_fault(model)) {
        throw std::logic_error("the generated model is not valid: " + fault->message);
    }
    return model;
}

} // namespace

std::size_t joint_states(const LikelihoodAxes& axes) noexcept {
    return power(axes.states, axes.factors);
}

std::size_t observation_bytes(const LikelihoodAxes& axes, std::uint32_t keys) noexcept {
    const std::size_t cells = joint_states(axes);
    const std::uint64_t outcomes = outcomes_for(keys, axes.factors);
    std::uint64_t slices = 0;
    for (std::size_t later = 0; later < axes.factors; ++later) {
        const std::uint64_t per_digit = power(outcomes, later);
        slices += std::min<std::uint64_t>(outcomes, (keys + per_digit - 1) / per_digit);
    }
    return keys * ai::CachedLikelihoods::sum_bytes(cells, axes.factors) +
           slices * ai::CachedLikelihoods::slice_bytes(cells);
}

std::uint32_t observations_in(const LikelihoodAxes& axes, std::size_t bytes) noexcept {
    std::uint32_t fits = 1;
    std::uint32_t too_many = kKeysMax;
    while (too_many - fits > 1) {
        const std::uint32_t middle = fits + (too_many - fits) / 2;
        (observation_bytes(axes, middle) <= bytes ? fits : too_many) = middle;
    }
    return fits;
}

std::size_t likelihood_model_bytes(const LikelihoodAxes& axes) noexcept {
    const std::uint32_t keys = observations_in(axes, axes.working_set_bytes);
    return axes.factors * outcomes_for(keys, axes.factors) * joint_states(axes) * sizeof(double);
}

LikelihoodRequests::LikelihoodRequests(const LikelihoodAxes& axes)
    : axes_(axes)
    , count_(observations_in(axes, axes.working_set_bytes))
    , model_(model_for(axes, count_)) {
    const auto base = static_cast<std::uint32_t>(model_.outcome_counts.front());
    outcomes_.resize(std::size_t{count_} * axes.factors);
    for (std::uint32_t key = 0; key < count_; ++key) {
        std::uint32_t rest = key;
        for (std::size_t m = axes.factors; m-- > 0; rest /= base) {
            outcomes_[std::size_t{key} * axes.factors + m] = rest % base;
        }
    }
}

} // namespace assay::matrix_caching
