#include "policy_inputs.hpp"

#include "active_inference/categorical.hpp"
#include "active_inference/random_model.hpp"
#include "random_source/random_source.hpp"

#include <algorithm>
#include <utility>

namespace assay::selective_updates {

namespace ai = active_inference;

namespace {

constexpr std::size_t kInputFactors = 2, kInputModalities = 3, kActions = 3, kInputOutcomes = 10;
constexpr std::uint32_t kVariants = 3;
constexpr std::size_t kInputPositions = 20;
constexpr double kPreferenceRange = 4; // nats between what is liked most and least
constexpr std::uint64_t kRingSeed = 100, kPreferenceSeed = 200, kBeliefSeed = 300;

ai::FactoredModel drawn_model(std::size_t states, std::uint64_t seed) {
    ai::FactoredModel model = ai::random_model(
        {.state_counts = std::vector<std::size_t>(kInputFactors, states),
         .action_counts = std::vector<std::size_t>(kInputFactors, kActions),
         .outcome_counts = std::vector<std::size_t>(kInputModalities, kInputOutcomes),
         .likelihood_factors = {{0}, {1}, {0, 1}}},
        seed);
    RandomSource random(derived_seed(seed, kPreferenceSeed));
    for (std::size_t m = 0; m < kInputModalities; ++m) {
        ai::Tensor preference{{kInputOutcomes}, std::vector<double>(kInputOutcomes)};
        std::ranges::generate(preference.data, [&] { return kPreferenceRange * random.unit(); });
        model.preferences.push_back(std::move(preference));
    }
    return model;
}

ai::Beliefs drawn_beliefs(const ai::FactoredModel& model, std::uint64_t seed) {
    RandomSource random(derived_seed(seed, kBeliefSeed));
    ai::Beliefs q(model.state_counts);
    std::ranges::generate(q.values(), [&] { return 1 - random.unit(); });
    for (std::size_t factor = 0; factor < q.size(); ++factor) {
        ai::normalise(q[factor]);
    }
    return q;
}

} // namespace

PolicyInputs::PolicyInputs(const PolicyInputOptions& options, std::uint64_t seed)
    : model_(drawn_model(options.states, derived_seed(seed, 0)))
    , q_(model_.state_counts)
    , ring_({.positions = kInputPositions,
             .components = kInputFactors + 2 * kInputModalities,
             .values = kVariants,
             .share = options.changed},
            derived_seed(seed, kRingSeed)) {
    for (std::uint32_t variant = 0; variant < kVariants; ++variant) {
        const std::uint64_t own = derived_seed(seed, variant);
        models_.push_back(drawn_model(options.states, own));
        beliefs_.push_back(drawn_beliefs(model_, own));
    }
}

// Components: the beliefs, the preferences, the likelihoods.
void PolicyInputs::apply(std::size_t component,
                         std::uint32_t variant,
                         ai::PolicyValues& values) noexcept {
    if (component < kInputFactors) {
        std::ranges::copy(std::as_const(beliefs_)[variant][component], q_[component].begin());
        values.belief_changed(component);
        return;
    }
    const std::size_t modality = (component - kInputFactors) % kInputModalities;
    if (component < kInputFactors + kInputModalities) {
        model_.preferences[modality].data = models_[variant].preferences[modality].data;
        values.preference_changed(modality);
    } else {
        model_.likelihoods[modality].data = models_[variant].likelihoods[modality].data;
        values.likelihood_changed(modality);
    }
}

void PolicyInputs::set(std::size_t position, ai::PolicyValues& values) noexcept {
    for (std::size_t component = 0; component < ring_.components(); ++component) {
        apply(component, ring_.value(position, component), values);
    }
}

void PolicyInputs::move_to(std::size_t position, ai::PolicyValues& values) noexcept {
    for (std::size_t component = 0; component < ring_.components(); ++component) {
        if (ring_.changed(position, component)) {
            apply(component, ring_.value(position, component), values);
        }
    }
}

} // namespace assay::selective_updates
