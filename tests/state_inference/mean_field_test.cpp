#include "active_inference/random_model.hpp"
#include "active_inference/state_inference/free_energy.hpp"
#include "active_inference/state_inference/mean_field.hpp"
#include "inference_setting.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

// A modality over `factors` alone, with a table of arbitrary numbers.
struct Setting {
    FactoredModel model;
    std::vector<double> table;
    Beliefs q;
};

Setting setting_over(FactorList factors, std::uint64_t seed) {
    Setting setting;
    setting.model = random_model({.state_counts = {2, 3, 4, 1, 5},
                                  .action_counts = {1, 1, 1, 1, 1},
                                  .outcome_counts = {1},
                                  .likelihood_factors = {std::move(factors)}},
                                 seed);
    assay::RandomSource random(seed);
    setting.q = random_prior(setting.model, random);
    setting.table.resize(modality_groups(setting.model)[0].entries);
    std::ranges::generate(setting.table, [&] { return random.unit() - 0.5; });
    return setting;
}

} // namespace

TEST_CASE("the field of each factor sees what was updated before it and nothing else") {
    const FactorList lists[] = {
        {0}, {1, 0}, {0, 2}, {0, 1, 2}, {2, 0, 4}, {4, 3, 2, 1}, {0, 1, 2, 3, 4}, {3, 1, 4, 0, 2}};
    std::uint64_t seed = 0;
    for (const FactorList& factors : lists) {
        Setting setting = setting_over(factors, ++seed);
        MeanField field(modality_groups(setting.model)[0]);
        FreeEnergy by_one_contraction(setting.model);
        InferenceWork work;
        REQUIRE(field.size() == factors.size());
        assay::RandomSource random(assay::derived_seed(seed, 7));
        for (int sweep = 0; sweep < 2; ++sweep) {
            for (std::size_t k = 0; k < field.size(); ++k) {
                const std::size_t factor = field.factor(k);
                CAPTURE(factor);
                std::vector<double> expected(setting.q[factor].size());
                by_one_contraction.expected_log_likelihood(
                    0, factor, setting.table, setting.q, expected);
                const double* const found = field(k, setting.table.data(), setting.q, work);
                for (std::size_t s = 0; s < expected.size(); ++s) {
                    CHECK(found[s] == doctest::Approx(expected[s]).epsilon(1e-12));
                }
                std::ranges::copy(random_prior(setting.model, random)[factor],
                                  setting.q[factor].begin());
            }
        }
        CHECK(field.expectation(setting.table.data(), setting.q, work) ==
              doctest::Approx(by_one_contraction.accuracy(0, setting.table, setting.q))
                  .epsilon(1e-12));
    }
}

TEST_CASE("a table that sees no factor has no field and is its own expectation") {
    const Setting setting = setting_over({}, 1);
    MeanField field(modality_groups(setting.model)[0]);
    InferenceWork work;
    CHECK(field.size() == 0);
    CHECK(field.expectation(setting.table.data(), setting.q, work) == setting.table[0]);
}

TEST_CASE("modalities over the same factors in the same order form a group") {
    const FactoredModel model =
        random_model({.state_counts = {2, 3},
                      .action_counts = {1, 1},
                      .outcome_counts = {2, 2, 2, 2, 2},
                      .likelihood_factors = {{0, 1}, {1, 0}, {0, 1}, {1}, {}}},
                     1);
    const auto groups = modality_groups(model);
    REQUIRE(groups.size() == 4);
    CHECK(groups[0].modalities == std::vector<std::size_t>{0, 2});
    CHECK(groups[1].shape == std::vector<std::size_t>{3, 2});
    CHECK(groups[2].entries == 3);
    CHECK(groups[3].entries == 1);
    CHECK(dense_group(model).entries == 6);
}
