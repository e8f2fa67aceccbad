#include "random_window.hpp"

#include "active_inference/categorical.hpp"

#include <algorithm>

namespace assay::test {

using namespace active_inference;

RandomWindow::RandomWindow(const RandomModelOptions& options,
                           TrajectoryLengths window_lengths,
                           std::uint64_t seed)
    : model(random_model(options, seed))
    , lengths(window_lengths)
    , prior(model.state_counts) {
    RandomSource random(derived_seed(seed, 1));
    for (std::size_t f = 0; f < prior.size(); ++f) {
        std::ranges::generate(prior[f], [&] { return 1 - random.unit(); });
        normalise(prior[f]);
    }
    const auto below = [&](std::size_t count) {
        return static_cast<std::size_t>(random.below(static_cast<std::uint32_t>(count)));
    };
    for (std::size_t t = 0; t < lengths.observed; ++t) {
        for (const std::size_t outcomes : model.outcome_counts) {
            window.push_back({.index = below(outcomes)});
        }
    }
    for (std::size_t row = 0; row + 1 < lengths.observed + lengths.horizon; ++row) {
        for (const std::size_t actions : model.action_counts) {
            (row + 1 < lengths.observed ? previous : policy).push_back(below(actions));
        }
    }
}

RandomModelOptions random_options(std::uint64_t seed, bool co_parents) {
    RandomSource random(derived_seed(seed, 2));
    const std::size_t factors = 1 + random.below(3);
    RandomModelOptions options;
    for (std::size_t f = 0; f < factors; ++f) {
        options.state_counts.push_back(1 + random.below(4));
        options.action_counts.push_back(1 + random.below(3));
        options.transition_factors.push_back({f});
        if (co_parents && factors > 1 && random.below(2) == 0) {
            const std::size_t other = (f + 1) % factors;
            auto& parents = options.transition_factors.back();
            parents.insert(random.below(2) == 0 ? parents.begin() : parents.end(), other);
        }
    }
    for (std::uint32_t m = 1 + random.below(2); m > 0; --m) {
        options.outcome_counts.push_back(2 + random.below(3));
        FactorList seen;
        for (std::size_t f = 0; f < factors; ++f) {
            if (random.below(3) > 0) {
                seen.push_back(f);
            }
        }
        options.likelihood_factors.push_back(seen.empty() ? FactorList{0} : seen);
    }
    options.sharpness = random.below(2) == 0 ? 1 : 4;
    return options;
}

void cut_small_entries(Tensor& tensor, double share) {
    const std::size_t rows = tensor.shape.front();
    const std::size_t columns = tensor.data.size() / rows;
    for (std::size_t column = 0; column < columns; ++column) {
        double highest = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            highest = std::max(highest, tensor.data[row * columns + column]);
        }
        double sum = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            double& entry = tensor.data[row * columns + column];
            entry = entry < share * highest ? 0 : entry;
            sum += entry;
        }
        for (std::size_t row = 0; row < rows; ++row) {
            tensor.data[row * columns + column] /= sum;
        }
    }
}

} // namespace assay::test
