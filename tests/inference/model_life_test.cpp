#include "active_inference/random_model.hpp"
#include "model_life.hpp"
#include "plugin_session.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace model_life_test {

using namespace assay::inference;
using namespace suite_test;
namespace ai = assay::active_inference;

namespace {

// Factor 1 goes where factor 0 is; the modality shows both, factor 0 the slower digit.
ai::FactoredModel follower() {
    ai::FactoredModel model = ai::random_model({.state_counts = {3, 3},
                                                .action_counts = {3, 1},
                                                .outcome_counts = {9},
                                                .transition_factors = {{0}, {1, 0}}},
                                               1);
    for (ai::Tensor* tensor :
         {&model.likelihoods[0], &model.transitions[0], &model.transitions[1]}) {
        std::fill(tensor->data.begin(), tensor->data.end(), 0.0);
    }
    for (std::size_t a = 0; a < 3; ++a) {
        for (std::size_t b = 0; b < 3; ++b) {
            const std::size_t both = 3 * a + b;
            model.likelihoods[0].data[both * 9 + both] = 1;
            model.transitions[0].data[(b * 3 + a) * 3 + b] = 1; // action b leads to b
            model.transitions[1].data[(a * 3 + b) * 3 + a] = 1; // [s', own, of factor 0, u]
        }
    }
    model.priors = {{0, 1, 0}, {0, 0, 1}};
    return model;
}

} // namespace

TEST_CASE("a life starts in D, shows what A says and goes where B and the actions lead") {
    const ai::FactoredModel model = follower();
    ModelLife life(model, 7);
    CHECK(life.observe().front().index == 3 * 1 + 2);
    life.act(std::vector<std::size_t>{2, 0});
    CHECK(life.observe().front().index == 3 * 2 + 1);
    life.act(std::vector<std::size_t>{0, 0});
    CHECK(life.observe().front().index == 3 * 0 + 2);
}

TEST_CASE("outcomes come as often as they are probable, and the impossible never") {
    ai::FactoredModel model =
        ai::random_model({.state_counts = {2}, .action_counts = {1}, .outcome_counts = {3}}, 1);
    model.likelihoods[0].data = {0.75, 0, 0.25, 0, 0, 1};
    model.priors = {{0.5, 0.5}};
    std::vector<int> seen(3, 0);
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        ++seen[ModelLife(model, seed).observe().front().index];
    }
    // Six standard deviations of 4000 draws.
    CHECK(std::abs(seen[0] - 1500) < 180);
    CHECK(std::abs(seen[1] - 500) < 130);
    CHECK(std::abs(seen[2] - 2000) < 190);
    model.likelihoods[0].data = {0, 0, 1, 1, 0, 0};
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        CHECK(ModelLife(model, seed).observe().front().index == 1);
    }
}

TEST_CASE("what a user's model is asked is possible, so that its evidence is no floor") {
    // Seen exactly, known at first, turned by one of two actions: any other outcome has ln p = -37.
    PluginSession session(R"({"model":{"states":[2],"A":[[[1,0],[0,1]]],)"
                          R"("B":[[[[1,0],[0,1]],[[0,1],[1,0]]]],"D":[[1,0]]}})");
    REQUIRE_MESSAGE(session.status() == ASSAY_OK, session.text());
    for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
        for (const char* family : {"fpi", "vmp"}) {
            CAPTURE(family);
            auto opened = session.open(family, {}, seed);
            const assay_status verified = opened->verify();
            CHECK_MESSAGE(verified == ASSAY_OK, opened->text());
            CHECK(opened->metrics().at("free_energy").back() < 1e-3);
        }
        auto bp = session.open("bp", {}, seed);
        CHECK(bp->verify() == ASSAY_OK);
        CHECK(bp->metrics().at("converged").back() == 1);
    }
}

} // namespace model_life_test
