#include "active_inference/hierarchy/hierarchy.hpp"
#include "active_inference/hierarchy/hierarchy_sampler.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace assay::active_inference;

TEST_CASE("outcomes are drawn as often as the model expects them") {
    const HierarchicalModel model =
        random_hierarchy({.states = {4, 3, 2}, .outcomes = 3, .sharpness = 4}, 7);
    HierarchySampler sampler(model, 1);
    Hierarchy hierarchy(model);
    // The model's own filter predicts best: its surprise per step is the entropy rate, that of
    // another model is higher.
    Hierarchy wrong(random_hierarchy({.states = {4, 3, 2}, .outcomes = 3, .sharpness = 4}, 8));
    constexpr int kSteps = 20'000;
    for (int step = 0; step < kSteps; ++step) {
        const std::size_t outcome = sampler.next();
        REQUIRE(outcome < 3);
        (void)hierarchy.observe(outcome);
        (void)wrong.observe(outcome);
        hierarchy.advance();
        wrong.advance();
    }
    CHECK(hierarchy.log_evidence() > wrong.log_evidence() + 100);
}

TEST_CASE("a deterministic hierarchy gives the one stream it can give") {
    // The top level swaps its two states every 4 steps, the level below repeats what it was given.
    HierarchicalModel model;
    model.levels.push_back({{{2, 2}, {1, 0, 0, 1}}, {{2, 2}, {1, 0, 0, 1}}});
    model.levels.push_back({{{2, 2}, {1, 0, 0, 1}}, {{2, 2}, {0, 1, 1, 0}}});
    model.prior = {0, 1};
    HierarchySampler sampler(model, 3);
    for (std::size_t step = 0; step < 64; ++step) {
        CHECK(sampler.next() == (step / 4 % 2 == 0 ? 1 : 0));
    }
}

TEST_CASE("equal seeds give equal streams and others other ones") {
    const HierarchicalModel model = random_hierarchy({.states = {4, 3}, .outcomes = 5}, 2);
    const auto stream = [&](std::uint64_t seed) {
        HierarchySampler sampler(model, seed);
        std::vector<std::size_t> outcomes(100);
        for (std::size_t& outcome : outcomes) {
            outcome = sampler.next();
        }
        return outcomes;
    };
    CHECK(stream(1) == stream(1));
    CHECK(stream(1) != stream(2));
}
