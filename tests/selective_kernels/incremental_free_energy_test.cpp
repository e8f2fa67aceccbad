#include "active_inference/random_model.hpp"
#include "active_inference/selective/incremental_free_energy.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "allocation_count.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace assay::active_inference;

namespace {

FactoredModel model_with(std::vector<FactorList> likelihood_factors, std::uint64_t seed) {
    return random_model({.state_counts = {5, 4, 3},
                         .action_counts = {1, 1, 1},
                         .outcome_counts = std::vector<std::size_t>(likelihood_factors.size(), 4),
                         .likelihood_factors = std::move(likelihood_factors)},
                        seed);
}

const std::vector<FactorList>& all_kinds() {
    static const std::vector<FactorList> lists{{0}, {2, 0}, {0, 1, 2}, {}, {1, 2}};
    return lists;
}

void observe_all(LogLikelihood& tables) {
    for (std::size_t m = 0; m < tables.size(); ++m) {
        (void)tables.observe(m, {.index = m % 4, .soft = {}});
    }
}

BeliefMixture draw(assay::RandomSource& random, const FactoredModel& model) {
    const std::size_t factor = random.below(static_cast<std::uint32_t>(model.state_counts.size()));
    return {.factor = factor,
            .state = random.below(static_cast<std::uint32_t>(model.state_counts[factor])),
            .weight = random.unit()};
}

} // namespace

TEST_CASE("after ten thousand changes the free energy is within the bound of that from scratch") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        CAPTURE(seed);
        const FactoredModel model = model_with(all_kinds(), seed);
        LogLikelihood tables(model);
        observe_all(tables);
        const Beliefs prior = prior_beliefs(model);
        Beliefs q(model.state_counts);
        IncrementalFreeEnergy energy(model);
        energy.assign(tables, prior, q);
        FreeEnergy full(model);
        assay::RandomSource random(seed);
        for (int change = 0; change < 10'000; ++change) {
            const BeliefMixture drawn = draw(random, model);
            energy.mix(drawn);
            mix(q, drawn);
            const double bound = kErrorPerStep * static_cast<double>(energy.steps() + 1);
            REQUIRE(std::abs(energy.value() - full(tables, prior, q)) <= bound);
        }
        CHECK(energy.beliefs() == q);
        CHECK(energy.rebases() == 10'000 / kRebaseSteps);
    }
}

TEST_CASE("without a rebase the error stays within the bound of its steps") {
    const FactoredModel model = model_with({{0, 1}, {1, 2}}, 4);
    LogLikelihood tables(model);
    observe_all(tables);
    const Beliefs prior = prior_beliefs(model);
    Beliefs q(model.state_counts);
    IncrementalFreeEnergy energy(model, 1'000'000);
    energy.assign(tables, prior, q);
    FreeEnergy full(model);
    assay::RandomSource random(9);
    for (int change = 0; change < 2'000; ++change) {
        const BeliefMixture drawn = draw(random, model);
        energy.mix(drawn);
        mix(q, drawn);
    }
    CHECK(energy.rebases() == 0);
    CHECK(energy.steps() == 2'000);
    CHECK(std::abs(energy.value() - full(tables, prior, q)) <= 2'000 * kErrorPerStep);
}

TEST_CASE("a change of weight 0 costs nothing") {
    const FactoredModel model = model_with(all_kinds(), 2);
    LogLikelihood tables(model);
    observe_all(tables);
    const Beliefs q(model.state_counts);
    IncrementalFreeEnergy energy(model);
    energy.assign(tables, prior_beliefs(model), q);
    const double before = energy.value();
    energy.mix({.factor = 1, .state = 2, .weight = 0});
    CHECK(energy.value() == before);
    CHECK(energy.work().done == UpdateCost{});
    CHECK(energy.work().skipped == energy.work().total);
    CHECK(energy.work().total.contractions == 5);
}

TEST_CASE("done and skipped add up to what the free energy from scratch takes") {
    const FactoredModel model = model_with(all_kinds(), 3);
    LogLikelihood tables(model);
    observe_all(tables);
    const Beliefs prior = prior_beliefs(model);
    IncrementalFreeEnergy energy(model);
    energy.assign(tables, prior, Beliefs(model.state_counts));
    FreeEnergy full(model);
    assay::RandomSource random(5);
    for (int change = 0; change < 600; ++change) {
        energy.mix(draw(random, model));
        (void)full(tables, prior, energy.beliefs());
        REQUIRE(energy.work().adds_up());
    }
    CHECK(energy.work().total.contractions == static_cast<std::int64_t>(full.work().contractions));
    CHECK(energy.work().total.multiply_adds ==
          static_cast<std::int64_t>(full.work().multiply_adds));
    CHECK(energy.work().total.logarithms == static_cast<std::int64_t>(full.work().logarithms));
}

TEST_CASE("a modality that does not see the changed factor is left alone") {
    const FactoredModel model = model_with({{0}, {1, 2}}, 6);
    LogLikelihood tables(model);
    observe_all(tables);
    IncrementalFreeEnergy energy(model);
    energy.assign(tables, prior_beliefs(model), Beliefs(model.state_counts));
    energy.mix({.factor = 0, .state = 1, .weight = 0.3});
    CHECK(energy.work().done.contractions == 0);
    CHECK(energy.work().skipped.contractions == 2);
    CHECK(energy.work().done.multiply_adds == 8 + 2);
    energy.mix({.factor = 2, .state = 1, .weight = 0.3});
    CHECK(energy.work().done.multiply_adds == 2 * (8 + 2) + 2 * 4); // and the field of factor 1
}

TEST_CASE("a belief changed outright to one state gives the free energy of that state") {
    const FactoredModel model = model_with({{0, 1}}, 7);
    LogLikelihood tables(model);
    observe_all(tables);
    const Beliefs prior = prior_beliefs(model);
    IncrementalFreeEnergy energy(model);
    energy.assign(tables, prior, Beliefs(model.state_counts));
    for (std::size_t factor = 0; factor < 3; ++factor) {
        energy.mix({.factor = factor, .state = 2, .weight = 1});
    }
    const double complexity = std::log(5.0) + std::log(4.0) + std::log(3.0);
    CHECK(energy.value() == doctest::Approx(complexity - tables[0][2 * 4 + 2]).epsilon(1e-12));
}

TEST_CASE("changes of the free energy allocate nothing") {
    const FactoredModel model = model_with(all_kinds(), 8);
    LogLikelihood tables(model);
    observe_all(tables);
    const Beliefs prior = prior_beliefs(model);
    const Beliefs q(model.state_counts);
    IncrementalFreeEnergy energy(model);
    energy.assign(tables, prior, q);
    assay::RandomSource random(1);
    const std::uint64_t before = allocation_count();
    for (int change = 0; change < 600; ++change) {
        energy.mix(draw(random, model));
    }
    energy.assign(tables, prior, q);
    CHECK(allocation_count() == before);
}
