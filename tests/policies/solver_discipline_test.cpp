#include "active_inference/learning/dirichlet_learning.hpp"
#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/policies/policy_posterior.hpp"
#include "active_inference/policies/sophisticated_search.hpp"
#include "active_inference/random_model.hpp"
#include "allocation_count.hpp"
#include "random_policies.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

FactoredModel grid(std::uint64_t seed) {
    return random_model({.state_counts = {5, 4}, .action_counts = {3, 2}, .outcome_counts = {5, 4}},
                        seed);
}

EfeOptions everything(bool cache, StateGain gain = StateGain::factorised) {
    return {.horizon = 2,
            .state_gain = gain,
            .likelihood_gain = true,
            .transition_gain = true,
            .cache = cache};
}

std::vector<Outcome> first_outcomes(const FactoredModel& model) {
    return std::vector<Outcome>(model.outcome_counts.size());
}

bool same_bits(std::span<const double> a, std::span<const double> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

} // namespace

TEST_CASE("after construction nothing is allocated, learning and a raised version included") {
    FactoredModel model = grid(1);
    DirichletCounts counts = random_counts(model, 1);
    expect_from_counts(counts, model);
    const std::vector<Outcome> observation = first_outcomes(model);
    const std::vector<std::size_t> actions(2, 1);
    Beliefs q(model.state_counts);
    Beliefs marginals(model.action_counts);
    std::vector<std::size_t> chosen(2);
    for (const bool cache : {false, true}) {
        for (const StateGain gain : {StateGain::factorised, StateGain::joint}) {
            ExpectedFreeEnergy efe(model, &counts, everything(cache, gain));
            SophisticatedSearch search(model, {.horizon = 2, .cache = cache});
            DirichletLearner learner(model);
            std::vector<double> q_pi(efe.policies().size());
            const std::uint64_t before = allocation_count();
            for (int step = 0; step < 3; ++step) {
                const bool done = efe.evaluate(q) && search.evaluate(q);
                policy_posterior(efe.values(), {}, q_pi);
                action_marginals(efe.policies(), q_pi, marginals);
                choose_actions(marginals, chosen);
                learner.learn_likelihoods(observation, q, 1, counts, model);
                learner.learn_transitions(actions, q, q, 1, counts, model);
                learner.learn_priors(q, 1, counts, model);
                if (!done) {
                    break;
                }
            }
            CHECK(allocation_count() == before);
            CHECK(efe.work().policies == 3 * efe.policies().size());
        }
    }
}

TEST_CASE("done and skipped work add up to what every policy and step would take") {
    const FactoredModel model = grid(2);
    const DirichletCounts counts = random_counts(model, 2);
    for (const StateGain gain : {StateGain::factorised, StateGain::joint}) {
        ExpectedFreeEnergy on(model, &counts, everything(true, gain));
        ExpectedFreeEnergy off(model, &counts, everything(false, gain));
        for (int call = 0; call < 3; ++call) {
            REQUIRE(on.evaluate(Beliefs(model.state_counts)));
            REQUIRE(off.evaluate(Beliefs(model.state_counts)));
        }
        CHECK(on.work().adds_up());
        CHECK(off.work().adds_up());
        CHECK(off.work().contractions.skipped == 0);
        CHECK(off.work().logarithms.skipped == 0);
        CHECK(on.work().logarithms.total == off.work().logarithms.total);
        CHECK(on.work().multiply_adds.total == off.work().multiply_adds.total);
        CHECK(on.work().contractions.done < off.work().contractions.done);
    }
}

TEST_CASE("the counters are those of the formulas") {
    // Two factors of 5 and 4 states, two modalities of 5 and 4 outcomes over both, 6 policies.
    const FactoredModel model = grid(3);
    ExpectedFreeEnergy off(model, nullptr, {.cache = false});
    ExpectedFreeEnergy on(model, nullptr, {.cache = true});
    REQUIRE(off.evaluate(Beliefs(model.state_counts)));
    REQUIRE(on.evaluate(Beliefs(model.state_counts)));
    CHECK(off.work().contractions.done == 6 * (2 + 2));
    CHECK(off.work().logarithms.done == 6 * (20 * 5 + 5 + 20 * 4 + 4));
    CHECK(on.work().logarithms.done == 20 * 5 + 20 * 4 + 6 * (5 + 4));
    CHECK(on.work().policies == 6);
}

TEST_CASE("policies that begin alike share the beginning") {
    const FactoredModel model = grid(4);
    ExpectedFreeEnergy on(model, nullptr, {.horizon = 3});
    REQUIRE(on.evaluate(Beliefs(model.state_counts)));
    CHECK(on.work().contractions.done == (6 + 36 + 216) * 4);
    CHECK(on.work().contractions.total == 216 * 3 * 4);
}

TEST_CASE("a raised version is seen, with the cache on as with it off") {
    FactoredModel model = grid(5);
    DirichletCounts counts = random_counts(model, 5);
    expect_from_counts(counts, model);
    ExpectedFreeEnergy on(model, &counts, everything(true));
    ExpectedFreeEnergy off(model, &counts, everything(false));
    DirichletLearner learner(model);
    const Beliefs q = random_beliefs(model, 5);
    std::vector<double> last(on.policies().size());
    for (int step = 0; step < 4; ++step) {
        REQUIRE(on.evaluate(q));
        REQUIRE(off.evaluate(q));
        CHECK(same_bits(on.values(), off.values()));
        CHECK(!same_bits(on.values(), last));
        std::ranges::copy(on.values(), last.begin());
        learner.learn_likelihoods(first_outcomes(model), q, 1, counts, model);
        learner.learn_transitions(std::vector<std::size_t>{1, 0}, q, q, 1, counts, model);
    }
}

TEST_CASE("two solvers on the same model and beliefs give the same bits") {
    const FactoredModel model = grid(6);
    const DirichletCounts counts = random_counts(model, 6);
    ExpectedFreeEnergy first(model, &counts, everything(true));
    ExpectedFreeEnergy second(model, &counts, everything(true));
    REQUIRE(second.evaluate(random_beliefs(model, 1))); // what came before leaves no trace
    REQUIRE(first.evaluate(random_beliefs(model, 2)));
    REQUIRE(second.evaluate(random_beliefs(model, 2)));
    CHECK(same_bits(first.values(), second.values()));
}

TEST_CASE("a cancelled evaluation says so and evaluates no further policy") {
    const FactoredModel model = grid(7);
    const auto stop = [] { return true; };
    const auto go_on = [] { return false; };
    const Beliefs q(model.state_counts);
    ExpectedFreeEnergy efe(model, nullptr, {.horizon = 2});
    CHECK(!efe.evaluate(q, stop));
    CHECK(efe.work().policies == 0);
    CHECK(efe.evaluate(q, go_on));
    SophisticatedSearch search(model, {.horizon = 2});
    CHECK(!search.evaluate(q, stop));
    CHECK(search.nodes() == 0);
    CHECK(search.evaluate(q, go_on));
}

TEST_CASE("the tables of the joint gain have a size that is known before they are made") {
    FactoredModel model = grid(8);
    CHECK(joint_gain_bytes(model) == 20 * (2 * 8 + 2 * 8) + 20 * 2 * 8);
    model.outcome_counts.assign(40, 10);
    CHECK(!joint_gain_bytes(model));
    CHECK_THROWS_AS(JointGain(model, true), std::length_error);
}
