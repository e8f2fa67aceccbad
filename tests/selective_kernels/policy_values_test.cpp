#include "active_inference/categorical.hpp"
#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/random_model.hpp"
#include "active_inference/selective/policy_values.hpp"
#include "allocation_count.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

using namespace assay::active_inference;

namespace {

// Factor 1 follows from factors 0 and 1; the modalities see one factor, the other, both, none.
FactoredModel policy_model(std::uint64_t seed) {
    FactoredModel model = random_model({.state_counts = {3, 4},
                                        .action_counts = {2, 2},
                                        .outcome_counts = {3, 3, 3, 3},
                                        .transition_factors = {{0}, {0, 1}},
                                        .likelihood_factors = {{0}, {1}, {1, 0}, {}}},
                                       seed);
    assay::RandomSource random(seed);
    for (std::size_t m = 0; m < 4; ++m) {
        model.preferences.push_back({{3}, {random.unit(), random.unit(), random.unit()}});
    }
    return model;
}

void redraw(std::span<double> distribution, assay::RandomSource& random) {
    for (double& probability : distribution) {
        probability = 1 - random.unit();
    }
    normalise(distribution);
}

// One change of a belief, a preference or a likelihood, told to both.
void change(FactoredModel& model,
            Beliefs& q,
            std::initializer_list<PolicyValues*> told,
            assay::RandomSource& random) {
    const std::uint32_t kind = random.below(3);
    const std::size_t which = random.below(kind == 0 ? 2 : 4);
    if (kind == 0) {
        redraw(q[which], random);
    } else if (kind == 1) {
        redraw(model.preferences[which].data, random);
    } else {
        const FactoredModel other = policy_model(random.next());
        model.likelihoods[which] = other.likelihoods[which];
    }
    ++model.version;
    for (PolicyValues* values : told) {
        kind == 0   ? values->belief_changed(which)
        : kind == 1 ? values->preference_changed(which)
                    : values->likelihood_changed(which);
    }
}

} // namespace

TEST_CASE("after any changes the values are bit for bit the full ones and right") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        CAPTURE(seed);
        FactoredModel model = policy_model(seed);
        const PolicySpace policies(model.action_counts, 3);
        const std::vector<std::size_t> chosen = draw_policies(policies, 20, seed);
        PolicyValues selective(model, policies, chosen, PolicyUpdate::selective);
        PolicyValues full(model, policies, chosen, PolicyUpdate::full);
        ExpectedFreeEnergy reference(model, nullptr, {.horizon = 3});
        Beliefs q(model.state_counts);
        assay::RandomSource random(seed);
        for (int step = 0; step < 100; ++step) {
            REQUIRE(selective.evaluate(q));
            REQUIRE(full.evaluate(q));
            REQUIRE(reference.evaluate(q));
            for (std::size_t number = 0; number < chosen.size(); ++number) {
                REQUIRE(selective.values()[number] == full.values()[number]);
                REQUIRE(std::abs(full.values()[number] - reference.values()[chosen[number]]) <=
                        1e-12);
            }
            change(model, q, {&selective}, random);
        }
        CHECK(selective.work().adds_up());
        CHECK(full.work().adds_up());
        CHECK(selective.work().total == full.work().total);
        CHECK(full.work().skipped == UpdateCost{});
        CHECK(selective.work().done.ops() < full.work().done.ops() / 2);
    }
}

TEST_CASE("values of which nothing changed cost nothing") {
    const FactoredModel model = policy_model(1);
    const PolicySpace policies(model.action_counts, 2);
    const std::vector<std::size_t> chosen = draw_policies(policies, 9, 1);
    PolicyValues values(model, policies, chosen, PolicyUpdate::selective);
    const Beliefs q(model.state_counts);
    REQUIRE(values.evaluate(q));
    const UpdateCost before = values.work().done;
    REQUIRE(values.evaluate(q));
    CHECK(values.work().done == before);
    CHECK(values.work().adds_up());
}

TEST_CASE("a preference costs utilities alone and a belief what sees or follows it") {
    const FactoredModel model = policy_model(2);
    const PolicySpace policies(model.action_counts, 1);
    const std::vector<std::size_t> all{0, 1, 2, 3};
    PolicyValues values(model, policies, all, PolicyUpdate::selective);
    const Beliefs q(model.state_counts);
    const auto contractions_after = [&](auto&& tell) {
        const std::int64_t before = values.work().done.contractions;
        tell();
        REQUIRE(values.evaluate(q));
        return values.work().done.contractions - before;
    };
    CHECK(contractions_after([] {}) == 4 * (2 + 4)); // two factors and four modalities
    CHECK(contractions_after([&] { values.preference_changed(2); }) == 0);
    CHECK(contractions_after([&] { values.likelihood_changed(3); }) == 4);
    CHECK(contractions_after([&] { values.belief_changed(1); }) == 4 * (1 + 2));
    CHECK(contractions_after([&] { values.belief_changed(0); }) == 4 * (2 + 3));
}

TEST_CASE("an evaluation that was cancelled is completed by the next") {
    const FactoredModel model = policy_model(3);
    const PolicySpace policies(model.action_counts, 2);
    const std::vector<std::size_t> chosen = draw_policies(policies, 9, 1);
    PolicyValues values(model, policies, chosen, PolicyUpdate::selective);
    PolicyValues full(model, policies, chosen, PolicyUpdate::full);
    const Beliefs q(model.state_counts);
    int asked = 0;
    CHECK_FALSE(values.evaluate(q, [&] { return ++asked == 3; }));
    REQUIRE(values.evaluate(q));
    REQUIRE(full.evaluate(q));
    for (std::size_t number = 0; number < chosen.size(); ++number) {
        CHECK(values.values()[number] == full.values()[number]);
    }
}

TEST_CASE("preferences that depend on time are refused") {
    FactoredModel model = policy_model(4);
    model.preferences[1] = {{3, 2}, std::vector<double>(6, 0.0)};
    const PolicySpace policies(model.action_counts, 2);
    CHECK_THROWS_WITH_AS(
        PolicyValues(model, policies, std::vector<std::size_t>{0}, PolicyUpdate::full),
        "C[1] depends on time, expected one column",
        std::invalid_argument);
}

TEST_CASE("evaluating policies allocates nothing") {
    FactoredModel model = policy_model(5);
    const PolicySpace policies(model.action_counts, 3);
    const std::vector<std::size_t> chosen = draw_policies(policies, 9, 1);
    for (const PolicyUpdate update : {PolicyUpdate::full, PolicyUpdate::selective}) {
        PolicyValues values(model, policies, chosen, update);
        const Beliefs q(model.state_counts);
        const std::uint64_t before = allocation_count();
        for (std::size_t step = 0; step < 20; ++step) {
            values.belief_changed(step % 2);
            values.likelihood_changed(step % 4);
            REQUIRE(values.evaluate(q));
        }
        CHECK(allocation_count() == before);
    }
}
