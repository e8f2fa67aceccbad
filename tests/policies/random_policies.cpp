#include "random_policies.hpp"

#include "active_inference/categorical.hpp"
#include "active_inference/random_model.hpp"

#include <numeric>

namespace assay::test {

using namespace active_inference;

namespace {

// Entries to 0, never a column's last; then columns sum to 1 again.
void add_zeros(Tensor& tensor, RandomSource& random) {
    const std::size_t rows = tensor.shape.front();
    const std::size_t columns = tensor.data.size() / rows;
    for (std::size_t column = 0; column < columns; ++column) {
        const std::size_t kept = random.below(static_cast<std::uint32_t>(rows));
        double sum = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            double& entry = tensor.data[row * columns + column];
            entry = row != kept && random.below(3) == 0 ? 0 : entry;
            sum += entry;
        }
        for (std::size_t row = 0; row < rows; ++row) {
            tensor.data[row * columns + column] /= sum;
        }
    }
}

std::size_t pick(RandomSource& random, std::uint32_t count) {
    return 1 + random.below(count);
}

Tensor random_preference(std::size_t outcomes, std::size_t horizon, RandomSource& random) {
    Tensor preference{{outcomes}, {}};
    if (random.below(3) == 0) {
        preference.shape.push_back(horizon);
    }
    for (std::size_t left = *element_count(preference.shape); left > 0; --left) {
        preference.data.push_back(8 * random.unit() - 4);
    }
    return preference;
}

} // namespace

FactoredModel random_policies(std::uint64_t seed, std::size_t horizon) {
    RandomSource random(seed);
    RandomModelOptions options{.sharpness = static_cast<int>(pick(random, 4))};
    const std::size_t factors = pick(random, 3);
    FactorList all(factors);
    std::iota(all.begin(), all.end(), std::size_t{0});
    for (std::size_t factor = 0; factor < factors; ++factor) {
        options.state_counts.push_back(pick(random, 4));
        options.action_counts.push_back(pick(random, 3));
        const bool dependent = random.below(4) == 0;
        options.transition_factors.push_back(dependent ? all : FactorList{factor});
    }
    const std::size_t modalities = pick(random, 3);
    for (std::size_t m = 0; m < modalities; ++m) {
        options.outcome_counts.push_back(pick(random, 4));
        const bool one = random.below(3) == 0;
        options.likelihood_factors.push_back(one ? FactorList{m % factors} : all);
    }
    FactoredModel model = random_model(options, seed);
    if (random.below(2) == 0) {
        for (std::vector<Tensor>* tensors : {&model.transitions, &model.likelihoods}) {
            for (Tensor& tensor : *tensors) {
                add_zeros(tensor, random);
            }
        }
    }
    if (random.below(5) != 0) {
        for (const std::size_t outcomes : model.outcome_counts) {
            model.preferences.push_back(random_preference(outcomes, horizon, random));
        }
    }
    return model;
}

Beliefs random_beliefs(const FactoredModel& model, std::uint64_t seed) {
    RandomSource random(derived_seed(seed, 1));
    Beliefs q(model.state_counts);
    const bool zeros = random.below(3) == 0;
    for (std::size_t factor = 0; factor < q.size(); ++factor) {
        for (double& value : q[factor]) {
            value = zeros && random.below(2) == 0 ? 0 : 1 - random.unit();
        }
        q[factor][0] += zeros ? 0.25 : 0;
        normalise(q[factor]);
    }
    return q;
}

DirichletCounts random_counts(const FactoredModel& model, std::uint64_t seed) {
    RandomSource random(derived_seed(seed, 2));
    DirichletCounts counts{model.likelihoods, model.transitions, {}};
    for (std::vector<Tensor>* tensors : {&counts.likelihoods, &counts.transitions}) {
        for (Tensor& tensor : *tensors) {
            for (double& count : tensor.data) {
                count *= 0.5 + 8 * random.unit();
            }
        }
    }
    for (const std::size_t states : model.state_counts) {
        std::vector<double>& prior = counts.priors.emplace_back(states);
        for (double& count : prior) {
            count = random.below(4) == 0 ? 0 : 1 + random.unit();
        }
        prior[0] += 1;
    }
    return counts;
}

} // namespace assay::test
