// What must not depend on how a model is written down, and what must not matter at all.
#include "active_inference/random_model.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "inference_setting.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

using Permutation = std::vector<std::size_t>;

Permutation random_permutation(std::size_t size, assay::RandomSource& random) {
    Permutation order(size);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = size; i > 1; --i) {
        std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
    }
    return order;
}

// Entry i along the axis comes from entry order[i].
Tensor permuted(const Tensor& tensor, std::size_t axis, const Permutation& order) {
    Tensor out = tensor;
    for (std::size_t flat = 0; flat < tensor.data.size(); ++flat) {
        auto index = unravel(tensor.shape, flat);
        index[axis] = order[index[axis]];
        std::size_t from = 0;
        for (std::size_t a = 0; a < index.size(); ++a) {
            from = from * tensor.shape[a] + index[a];
        }
        out.data[flat] = tensor.data[from];
    }
    return out;
}

Beliefs posterior(const InferenceSetting& setting, Schedule schedule, std::size_t sweeps = 6) {
    StateInference infer(setting.model,
                         {.schedule = schedule, .max_sweeps = sweeps, .tolerance = 0});
    Beliefs q(setting.model.state_counts);
    CHECK(infer(setting.observation, setting.prior, q).sweeps >= 1);
    return q;
}

// Small differences of rounding grow where an iteration swings.
constexpr double kSlack = 1e-12;

std::vector<double> list(std::span<const double> values) {
    return {values.begin(), values.end()};
}

bool close(std::span<const double> left, std::span<const double> right, double slack) {
    return std::ranges::equal(
        left, right, [&](double a, double b) { return std::abs(a - b) <= slack; });
}

} // namespace

TEST_CASE("states in another order give beliefs in that order") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        const InferenceSetting setting = random_setting(seed);
        InferenceSetting other = setting;
        assay::RandomSource random(assay::derived_seed(seed, 5));
        const std::size_t factor = seed % setting.model.state_counts.size();
        const Permutation order = random_permutation(setting.model.state_counts[factor], random);
        for (std::size_t m = 0; m < other.model.likelihoods.size(); ++m) {
            const FactorList& seen = other.model.likelihood_factors[m];
            for (std::size_t k = 0; k < seen.size(); ++k) {
                if (seen[k] == factor) {
                    other.model.likelihoods[m] = permuted(other.model.likelihoods[m], k + 1, order);
                }
            }
        }
        for (std::size_t s = 0; s < order.size(); ++s) {
            other.prior[factor][s] = setting.prior[factor][order[s]];
        }
        for (const Schedule schedule : {Schedule::sequential, Schedule::parallel}) {
            const Beliefs q = posterior(setting, schedule);
            const Beliefs found = posterior(other, schedule);
            Beliefs expected = q;
            for (std::size_t s = 0; s < order.size(); ++s) {
                expected[factor][s] = q[factor][order[s]];
            }
            CHECK(largest_difference(found, expected) <= kSlack);
        }
    }
}

TEST_CASE("factors in another order give the same beliefs under the parallel schedule") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        const InferenceSetting setting = random_setting(seed);
        const std::size_t factors = setting.model.state_counts.size();
        assay::RandomSource random(assay::derived_seed(seed, 6));
        const Permutation order = random_permutation(factors, random); // new f was order[f]
        InferenceSetting other = setting;
        for (std::size_t f = 0; f < factors; ++f) {
            other.model.state_counts[f] = setting.model.state_counts[order[f]];
        }
        other.prior = Beliefs(other.model.state_counts);
        for (std::size_t f = 0; f < factors; ++f) {
            std::ranges::copy(setting.prior[order[f]], other.prior[f].begin());
        }
        for (FactorList& seen : other.model.likelihood_factors) {
            for (std::size_t& factor : seen) {
                factor = static_cast<std::size_t>(std::ranges::find(order, factor) - order.begin());
            }
        }
        const Beliefs q = posterior(setting, Schedule::parallel);
        const Beliefs found = posterior(other, Schedule::parallel);
        for (std::size_t f = 0; f < factors; ++f) {
            CHECK(close(found[f], q[order[f]], kSlack));
        }
    }
}

TEST_CASE("modalities in another order give the same beliefs") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        const InferenceSetting setting = random_setting(seed);
        InferenceSetting other = setting;
        std::ranges::reverse(other.model.likelihoods);
        std::ranges::reverse(other.model.likelihood_factors);
        std::ranges::reverse(other.model.outcome_counts);
        std::ranges::reverse(other.observation);
        for (const Schedule schedule : {Schedule::sequential, Schedule::parallel}) {
            CHECK(largest_difference(posterior(setting, schedule), posterior(other, schedule)) <=
                  kSlack);
        }
    }
}

TEST_CASE("a modality that tells nothing changes nothing") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        const InferenceSetting setting = random_setting(seed);
        InferenceSetting other = setting;
        // Equal columns, over all factors or over none.
        FactorList all(setting.model.state_counts.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        std::vector<std::size_t> shape{2};
        shape.insert(
            shape.end(), setting.model.state_counts.begin(), setting.model.state_counts.end());
        const std::size_t columns = *element_count(setting.model.state_counts);
        Tensor flat{shape, std::vector<double>(2 * columns, 0.25)};
        std::fill(flat.data.begin() + static_cast<std::ptrdiff_t>(columns), flat.data.end(), 0.75);
        other.model.likelihoods.push_back(flat);
        other.model.likelihood_factors.push_back(all);
        other.model.likelihoods.push_back({{2}, {0.25, 0.75}});
        other.model.likelihood_factors.emplace_back();
        other.model.outcome_counts.insert(other.model.outcome_counts.end(), {2, 2});
        other.observation.resize(setting.observation.size() + 2);
        for (const Schedule schedule : {Schedule::sequential, Schedule::parallel}) {
            CHECK(largest_difference(posterior(setting, schedule), posterior(other, schedule)) <=
                  kSlack);
        }
    }
}

TEST_CASE("factors that share no modality are inferred as if each were alone") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        InferenceSetting both{random_model({.state_counts = {4, 3},
                                            .action_counts = {1, 1},
                                            .outcome_counts = {3, 2},
                                            .likelihood_factors = {{0}, {1}}},
                                           seed),
                              {{.index = seed % 3, .soft = {}}, {.index = seed % 2, .soft = {}}},
                              {}};
        assay::RandomSource random(seed);
        both.prior = random_prior(both.model, random);
        const Beliefs q = posterior(both, Schedule::sequential, 1);
        for (std::size_t f = 0; f < 2; ++f) {
            InferenceSetting alone;
            alone.model.state_counts = {both.model.state_counts[f]};
            alone.model.outcome_counts = {both.model.outcome_counts[f]};
            alone.model.likelihoods = {both.model.likelihoods[f]};
            alone.model.likelihood_factors = {{0}};
            alone.observation = {both.observation[f]};
            alone.prior = Beliefs(alone.model.state_counts);
            std::ranges::copy(both.prior[f], alone.prior[0].begin());
            CHECK(close(posterior(alone, Schedule::sequential)[0], q[f], 1e-12));
        }
    }
}

TEST_CASE("a deterministic likelihood is inverted") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        const std::size_t states = 2 + seed % 6;
        assay::RandomSource random(seed);
        const Permutation order = random_permutation(states, random);
        InferenceSetting setting{random_model({.state_counts = {states, 3},
                                               .action_counts = {1, 1},
                                               .outcome_counts = {states},
                                               .likelihood_factors = {{0}}},
                                              seed),
                                 {{.index = seed % states, .soft = {}}},
                                 {}};
        std::ranges::fill(setting.model.likelihoods[0].data, 0.0);
        for (std::size_t s = 0; s < states; ++s) {
            setting.model.likelihoods[0].data[order[s] * states + s] = 1; // state s shows order[s]
        }
        setting.prior = random_prior(setting.model, random);
        const Beliefs q = posterior(setting, Schedule::sequential);
        const auto shown =
            static_cast<std::size_t>(std::ranges::find(order, seed % states) - order.begin());
        CHECK(std::abs(q[0][shown] - 1) <= 1e-12);
        // The factor that no modality sees keeps its prior.
        CHECK(close(q[1], list(setting.prior[1]), 1e-12));
    }
}

TEST_CASE("an observation that no state can give leaves the prior, at once for 40 modalities") {
    FactoredModel model;
    model.state_counts = {3, 1, 2};
    Beliefs prior(model.state_counts);
    prior[0][0] = 0.5;
    prior[0][1] = 0.25;
    prior[0][2] = 0.25;
    for (int m = 0; m < 40; ++m) {
        model.outcome_counts.push_back(2);
        model.likelihood_factors.push_back({0, 1, 2});
        model.likelihoods.push_back({{2, 3, 1, 2}, {1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0}});
    }
    const std::vector<Outcome> impossible(40, {.index = 1, .soft = {}});
    for (const Schedule schedule :
         {Schedule::sequential, Schedule::parallel, Schedule::parallel_damped}) {
        const InferenceSetting setting{model, impossible, prior};
        CHECK(largest_difference(posterior(setting, schedule, 60), prior) <= 1e-12);
    }
}

TEST_CASE("a model without modalities keeps its prior and loses nothing by it") {
    FactoredModel model;
    model.state_counts = {3, 2};
    assay::RandomSource random(1);
    const Beliefs prior = random_prior(model, random);
    for (const Schedule schedule :
         {Schedule::sequential, Schedule::parallel, Schedule::parallel_damped}) {
        StateInference infer(model, {.schedule = schedule, .max_sweeps = 60, .tolerance = 0});
        Beliefs q(model.state_counts);
        CHECK(std::abs(infer({}, prior, q).free_energy) <= 1e-12);
        CHECK(largest_difference(q, prior) <= 1e-12);
    }
}

TEST_CASE("forty modalities are weighed in the log domain: their product is far below a double") {
    FactoredModel model;
    model.state_counts = {2, 2};
    for (int m = 0; m < 40; ++m) {
        model.outcome_counts.push_back(2);
        model.likelihood_factors.push_back({0, 1});
        // The first outcome: nearly impossible, half as likely in the second state of factor 0.
        model.likelihoods.push_back(
            {{2, 2, 2}, {2e-10, 2e-10, 1e-10, 1e-10, 1 - 2e-10, 1 - 2e-10, 1 - 1e-10, 1 - 1e-10}});
    }
    const InferenceSetting setting{model, std::vector<Outcome>(40), Beliefs(model.state_counts)};
    const Beliefs q = posterior(setting, Schedule::sequential);
    CHECK(q[0][1] == doctest::Approx(std::exp2(-40) / (1 + std::exp2(-40))).epsilon(1e-4));
    CHECK(q[1][0] == doctest::Approx(0.5).epsilon(1e-12));
}
