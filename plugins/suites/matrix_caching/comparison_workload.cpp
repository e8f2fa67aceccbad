#include "comparison_workload.hpp"

#include "active_inference/random_model.hpp"
#include "random_source/random_source.hpp"

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::uint64_t kAgentModelSeed = 1, kPreferenceSeed = 6;
// Few outcomes dominate in every state, so that observing tells something.
constexpr int kSharpness = 4;

std::vector<ai::Tensor> preferences(const ComparisonShape& shape, std::uint64_t seed) {
    RandomSource random(seed);
    std::vector<ai::Tensor> all(shape.modalities);
    for (ai::Tensor& each : all) {
        each.shape = {shape.outcomes};
        for (std::size_t outcome = 0; outcome < shape.outcomes; ++outcome) {
            each.data.push_back(2 * random.unit());
        }
    }
    return all;
}

// A row of the distribution that stands at data[0], data[stride], ...
std::size_t drawn(RandomSource& random, const double* data, std::size_t count, std::size_t stride) {
    double left = random.unit();
    for (std::size_t row = 0; row + 1 < count; ++row) {
        left -= data[row * stride];
        if (left < 0) {
            return row;
        }
    }
    return count - 1;
}

} // namespace

std::optional<ComparisonShape> comparison_shape(std::string_view workload) {
    if (workload == "transition-heavy") {
        return ComparisonShape{{50}, {4}, 1, 2, 3};
    }
    if (workload == "observation-heavy") {
        return ComparisonShape{{25, 25}, {2, 1}, 8, 2, 1};
    }
    if (workload == "mixed") {
        return ComparisonShape{{8, 8}, {2, 2}, 3, 4, 2};
    }
    return std::nullopt;
}

ComparisonWorkload::ComparisonWorkload(const ComparisonShape& shape, std::uint64_t seed)
    : model_(ai::random_model(
          {.state_counts = shape.states,
           .action_counts = shape.actions,
           .outcome_counts = std::vector<std::size_t>(shape.modalities, shape.outcomes),
           .sharpness = kSharpness},
          derived_seed(seed, kAgentModelSeed)))
    , depth_(shape.depth) {
    model_.preferences = preferences(shape, derived_seed(seed, kPreferenceSeed));
}

void ComparisonWorkload::draw(std::uint64_t seed, std::span<std::uint32_t> outcomes) const {
    RandomSource random(seed);
    const std::size_t factors = model_.state_counts.size();
    std::vector<std::size_t> state(factors);
    for (std::size_t f = 0; f < factors; ++f) {
        state[f] = random.below(static_cast<std::uint32_t>(model_.state_counts[f]));
    }
    for (std::size_t at = 0; at + modalities() <= outcomes.size(); at += modalities()) {
        std::size_t joint = 0, joints = 1;
        for (std::size_t f = 0; f < factors; ++f) {
            joint = joint * model_.state_counts[f] + state[f];
            joints *= model_.state_counts[f];
        }
        for (std::size_t m = 0; m < modalities(); ++m) {
            const double* const seen = model_.likelihoods[m].data.data() + joint;
            outcomes[at + m] =
                static_cast<std::uint32_t>(drawn(random, seen, model_.outcome_counts[m], joints));
        }
        for (std::size_t f = 0; f < factors; ++f) {
            const std::size_t states = model_.state_counts[f], actions = model_.action_counts[f];
            const std::size_t action = random.below(static_cast<std::uint32_t>(actions));
            const double* const next =
                model_.transitions[f].data.data() + state[f] * actions + action;
            state[f] = drawn(random, next, states, states * actions);
        }
    }
}

} // namespace assay::matrix_caching
