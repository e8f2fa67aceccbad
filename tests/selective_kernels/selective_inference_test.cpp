#include "active_inference/random_model.hpp"
#include "active_inference/selective/selective_inference.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

using namespace assay::active_inference;

namespace {

FixedPointOptions exact_enough() {
    return {.max_sweeps = 300, .tolerance = 1e-13};
}

FactoredModel two_factors(std::uint64_t seed) {
    return random_model({.state_counts = {5, 4}, .action_counts = {1, 1}, .outcome_counts = {3, 3}},
                        seed);
}

double largest_difference(const Beliefs& one, const Beliefs& other) {
    double largest = 0;
    for (std::size_t at = 0; at < one.values().size(); ++at) {
        largest = std::max(largest, std::abs(one.values()[at] - other.values()[at]));
    }
    return largest;
}

} // namespace

TEST_CASE("from the last beliefs it comes to the beliefs that the prior leads to") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        const FactoredModel model = two_factors(seed);
        const Beliefs prior = prior_beliefs(model);
        SelectiveInference infer(model, exact_enough());
        StateInference full(model, exact_enough());
        assay::RandomSource random(seed);
        std::array<Outcome, 2> observation{};
        for (int step = 0; step < 100; ++step) {
            observation[random.below(2)].index = random.below(3);
            const FixedPointResult found = infer(observation, prior);
            Beliefs q = prior;
            const FixedPointResult wanted = full.refine(observation, prior, q);
            REQUIRE(found.converged);
            // Another optimum has another free energy.
            const bool same = std::abs(found.free_energy - wanted.free_energy) < 1e-9;
            CHECK((!same || largest_difference(infer.beliefs(), q) < 1e-4));
        }
    }
}

TEST_CASE("with one factor the beliefs are exact whatever was before") {
    const FactoredModel model =
        random_model({.state_counts = {6}, .action_counts = {1}, .outcome_counts = {4, 4}}, 3);
    const Beliefs prior = prior_beliefs(model);
    SelectiveInference infer(model);
    StateInference full(model);
    assay::RandomSource random(1);
    std::array<Outcome, 2> observation{};
    for (int step = 0; step < 600; ++step) {
        observation[random.below(2)].index = random.below(4);
        (void)infer(observation, prior);
        Beliefs q(model.state_counts);
        (void)full(observation, prior, q);
        REQUIRE(largest_difference(infer.beliefs(), q) <= 1e-12);
    }
}

TEST_CASE("neither the same observation nor the same prior is worked on twice") {
    const FactoredModel model = two_factors(1);
    Beliefs prior = prior_beliefs(model);
    SelectiveInference infer(model, exact_enough());
    std::array<Outcome, 2> observation{};
    const double energy = infer(observation, prior).free_energy;
    const InferenceWork before = infer.work();
    CHECK(infer(observation, prior).free_energy == energy);
    CHECK(infer.work() == before);
    prior[0][0] += 0.1;
    prior[0][1] -= 0.1;
    CHECK(infer(observation, prior).free_energy != energy);
    CHECK(infer.work().contractions > before.contractions);
}

TEST_CASE("an iteration that was cancelled is taken up again") {
    const FactoredModel model = two_factors(2);
    const Beliefs prior = prior_beliefs(model);
    bool stop = true;
    FixedPointOptions options = exact_enough();
    options.cancelled = [&stop] { return stop; };
    SelectiveInference infer(model, options);
    const std::array<Outcome, 2> observation{};
    CHECK(infer(observation, prior).cancelled);
    CHECK(infer.sweeps() == 0);
    stop = false;
    CHECK(infer(observation, prior).converged);
    CHECK(infer.sweeps() > 0);
}

TEST_CASE("what was forgotten is inferred from the prior again") {
    const FactoredModel model = two_factors(3);
    const Beliefs prior = prior_beliefs(model);
    SelectiveInference infer(model, exact_enough());
    const std::array<Outcome, 2> one{}, other{{{.index = 2}, {.index = 1}}};
    (void)infer(one, prior);
    const Beliefs first = infer.beliefs();
    (void)infer(other, prior);
    infer.forget();
    (void)infer(one, prior);
    CHECK(infer.beliefs() == first);
}
