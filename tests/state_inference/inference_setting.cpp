#include "inference_setting.hpp"

#include "active_inference/categorical.hpp"
#include "active_inference/random_model.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace assay::test {

using namespace active_inference;

namespace {

// Columns keep their largest entry, so that none is all zeros.
void make_sparse(Tensor& tensor, RandomSource& random) {
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
            entry = entry < highest && random.below(2) == 0 ? 0 : entry;
            sum += entry;
        }
        for (std::size_t row = 0; row < rows; ++row) {
            tensor.data[row * columns + column] /= sum;
        }
    }
}

FactorList some_factors(std::size_t count, RandomSource& random) {
    FactorList factors;
    for (std::size_t factor = 0; factor < count; ++factor) {
        if (random.below(3) != 0) {
            // Lists come in any order.
            factors.insert(random.below(2) == 0 ? factors.begin() : factors.end(), factor);
        }
    }
    return factors;
}

} // namespace

Beliefs random_prior(const FactoredModel& model, RandomSource& random) {
    Beliefs prior(model.state_counts);
    for (std::size_t factor = 0; factor < prior.size(); ++factor) {
        std::ranges::generate(prior[factor], [&] { return 0.01 + random.unit(); });
        normalise(prior[factor]);
    }
    return prior;
}

InferenceSetting random_setting(std::uint64_t seed) {
    RandomSource random(derived_seed(seed, 1));
    RandomModelOptions options;
    const std::size_t factors = 1 + random.below(4);
    for (std::size_t factor = 0; factor < factors; ++factor) {
        options.state_counts.push_back(1 + random.below(5));
        options.action_counts.push_back(1);
    }
    const std::size_t modalities = 1 + random.below(4);
    for (std::size_t m = 0; m < modalities; ++m) {
        options.outcome_counts.push_back(1 + random.below(4));
        options.likelihood_factors.push_back(some_factors(factors, random));
    }
    constexpr int kSharpness[] = {1, 4, 12, 1};
    options.sharpness = kSharpness[seed % 4];
    InferenceSetting setting{random_model(options, seed), {}, {}};
    for (Tensor& likelihood : setting.model.likelihoods) {
        if (seed % 4 == 3) {
            make_sparse(likelihood, random);
        }
        const auto outcomes = static_cast<std::uint32_t>(likelihood.shape.front());
        setting.observation.push_back({.index = random.below(outcomes), .soft = {}});
    }
    setting.prior = random_prior(setting.model, random);
    return setting;
}

double largest_difference(const Beliefs& left, const Beliefs& right) {
    double largest = left.values().size() == right.values().size() ? 0 : HUGE_VAL;
    for (std::size_t at = 0; largest < HUGE_VAL && at < left.values().size(); ++at) {
        largest = std::max(largest, std::abs(left.values()[at] - right.values()[at]));
    }
    return largest;
}

} // namespace assay::test
