#include "active_inference/hierarchy/hierarchical_model.hpp"
#include "active_inference/hierarchy/hierarchy.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>

using namespace assay::active_inference;

namespace {

HierarchicalModel sound_model() {
    return random_hierarchy({.states = {4, 3, 2}, .outcomes = 5}, 1);
}

std::string message_of(const HierarchicalModel& model) {
    const auto fault = hierarchy_fault(model);
    return fault ? fault->message : "";
}

} // namespace

TEST_CASE("a random hierarchy is without fault and the same for the same seed") {
    for (const std::vector<std::size_t>& states :
         {std::vector<std::size_t>{1}, {3, 3}, {16, 12, 8, 6, 4}, {1, 1}}) {
        const RandomHierarchyOptions options{.states = states, .outcomes = 3, .sharpness = 4};
        const HierarchicalModel model = random_hierarchy(options, 7);
        CHECK(message_of(model) == "");
        CHECK(model.levels.size() == states.size());
        CHECK(model.levels[0].likelihood.data ==
              random_hierarchy(options, 7).levels[0].likelihood.data);
    }
}

TEST_CASE("a level that does not fit the one below is named with both shapes") {
    HierarchicalModel model = sound_model();
    model.levels[1].likelihood =
        random_hierarchy({.states = {3}, .outcomes = 5}, 1).levels[0].likelihood;
    CHECK(message_of(model) ==
          "levels[1].A: has shape [5, 3], expected [4, 3]: a row per state of levels[0]");
    model = sound_model();
    model.levels[0].likelihood.shape = {4, 5};
    CHECK(message_of(model) == "levels[0].A: has shape [4, 5], expected [outcomes, 4]");
    model = sound_model();
    model.levels[2].transition.shape = {2, 2, 1};
    CHECK(message_of(model) == "levels[2].B: has shape [2, 2, 1], expected [states, states]");
    model = sound_model();
    model.levels[2].transition.data.pop_back();
    CHECK(message_of(model).starts_with("levels[2].B: holds 3 numbers"));
}

TEST_CASE("an entry that is no probability is named with its level and index") {
    HierarchicalModel model = sound_model();
    model.levels[1].transition.data[5] = -0.25;
    CHECK(message_of(model) == "levels[1].B[1, 2] is -0.25, expected a probability");
    CHECK(hierarchy_fault(model)->index == std::vector<std::size_t>{1, 2});
    model = sound_model();
    model.levels[0].likelihood.data[4] = std::numeric_limits<double>::quiet_NaN();
    CHECK(message_of(model) == "levels[0].A[1, 0] is NaN, expected a probability");
    model = sound_model();
    model.levels[1].transition.data[0] += 0.5;
    CHECK(message_of(model).starts_with("levels[1].B[:, 0] sums to 1.5"));
}

TEST_CASE("a prior of wrong length or sum and missing levels are named") {
    HierarchicalModel model = sound_model();
    model.prior.push_back(0);
    CHECK(message_of(model) == "prior: has 3 entries, expected 2: one per state of the top level");
    model.prior = {0.5, 0.25};
    CHECK(message_of(model) == "prior: sums to 0.75, expected 1 within 1e-9");
    model.prior = {1.5, -0.5};
    CHECK(message_of(model) == "prior[1] is -0.5, expected a probability");
    model = sound_model();
    model.episode_length = 0;
    CHECK(message_of(model) == "episode_length: is 0, expected at least 1");
    model.levels.clear();
    CHECK(message_of(model) == "levels: is empty, expected at least one level");
}

TEST_CASE("a hierarchy refuses a model with a fault and a threshold below zero") {
    HierarchicalModel model = sound_model();
    CHECK_THROWS_WITH(Hierarchy(model, {.threshold = -1}),
                      "threshold is -1, expected a number of nats, 0 or above");
    CHECK_THROWS(Hierarchy(model, {.threshold = std::numeric_limits<double>::quiet_NaN()}));
    model.prior.clear();
    CHECK_THROWS_WITH(Hierarchy(model, {}),
                      "prior: has 0 entries, expected 2: one per state of the top level");
}

TEST_CASE("an observation out of range is named with its step") {
    const Hierarchy hierarchy(sound_model());
    CHECK(!hierarchy.outcome_fault(9, 4));
    const auto fault = hierarchy.outcome_fault(9, 5);
    REQUIRE(fault);
    CHECK(fault->message == "observations[9] is 5, expected a number below 5");
    CHECK(fault->index == std::vector<std::size_t>{9});
}
