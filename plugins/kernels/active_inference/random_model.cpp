#include "active_inference/random_model.hpp"

#include "random_source/random_source.hpp"

#include <numeric>
#include <stdexcept>
#include <utility>

namespace assay::active_inference {

namespace {

// std::pow may differ in the last bit between mathematical libraries; a product does not.
double whole_power(double base, int exponent) noexcept {
    double power = base;
    for (int i = 1; i < exponent; ++i) {
        power *= base;
    }
    return power;
}

Tensor random_columns(std::vector<std::size_t> shape, int sharpness, std::uint64_t seed) {
    const auto count = element_count(shape);
    if (!count) {
        throw std::length_error("a tensor of shape " + shape_text(shape) +
                                " has more elements than can be counted");
    }
    Tensor tensor{std::move(shape), std::vector<double>(*count)};
    const std::size_t rows = tensor.shape.front();
    const std::size_t columns = rows == 0 ? 0 : *count / rows;
    std::vector<double> sums(columns, 0.0);
    RandomSource random(seed);
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            // 1 - unit(): (0, 1], a column can never be all zeros.
            const double entry = whole_power(1 - random.unit(), sharpness);
            tensor.data[row * columns + column] = entry;
            sums[column] += entry;
        }
    }
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            tensor.data[row * columns + column] /= sums[column];
        }
    }
    return tensor;
}

constexpr std::uint64_t kTransitionStream = 0xB0000000ull;
constexpr std::uint64_t kLikelihoodStream = 0xA0000000ull;

} // namespace

FactoredModel random_model(const RandomModelOptions& options, std::uint64_t seed) {
    FactoredModel model;
    model.state_counts = options.state_counts;
    model.action_counts = options.action_counts;
    model.outcome_counts = options.outcome_counts;
    model.transition_factors = options.transition_factors;
    model.likelihood_factors = options.likelihood_factors;
    const std::size_t factors = model.state_counts.size();
    if (model.transition_factors.empty()) {
        for (std::size_t f = 0; f < factors; ++f) {
            model.transition_factors.push_back({f});
        }
    }
    if (model.likelihood_factors.empty()) {
        FactorList all(factors);
        std::iota(all.begin(), all.end(), std::size_t{0});
        model.likelihood_factors.assign(model.outcome_counts.size(), all);
    }
    for (std::size_t f = 0; f < factors; ++f) {
        std::vector<std::size_t> shape{model.state_counts[f]};
        for (const std::size_t parent : model.transition_factors.at(f)) {
            shape.push_back(model.state_counts.at(parent));
        }
        shape.push_back(model.action_counts.at(f));
        model.transitions.push_back(random_columns(
            std::move(shape), options.sharpness, derived_seed(seed, kTransitionStream + f)));
    }
    for (std::size_t m = 0; m < model.outcome_counts.size(); ++m) {
        std::vector<std::size_t> shape{model.outcome_counts[m]};
        for (const std::size_t factor : model.likelihood_factors.at(m)) {
            shape.push_back(model.state_counts.at(factor));
        }
        model.likelihoods.push_back(random_columns(
            std::move(shape), options.sharpness, derived_seed(seed, kLikelihoodStream + m)));
    }
    return model;
}

} // namespace assay::active_inference
