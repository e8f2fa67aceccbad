#include "active_inference/random_model.hpp"
#include "agent_setting.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

using namespace assay::active_inference;
using namespace assay::test;

TEST_CASE("options without fault are taken") {
    CHECK(!agent_fault(grid_model(1), {.horizon = 3}));
}

TEST_CASE("too many policies are refused with their number") {
    const auto fault = agent_fault(grid_model(1), {.horizon = 12});
    REQUIRE(fault.has_value());
    CHECK(fault->find("1048576") != std::string::npos);
    CHECK_THROWS_AS(AgentLoop(grid_model(1), {.horizon = 12}), std::invalid_argument);
}

TEST_CASE("a precision or rate that is negative or no number is refused by name") {
    const FactoredModel model = grid_model(1);
    const auto gamma = agent_fault(model, {.gamma = std::nan("")});
    REQUIRE(gamma.has_value());
    CHECK(gamma->find("gamma") != std::string::npos);
    const auto rate = agent_fault(model, {.learning = {.transitions = -1}});
    REQUIRE(rate.has_value());
    CHECK(rate->find("learning.transitions is -1") != std::string::npos);
}

TEST_CASE("the cache of likelihoods refuses more modalities than its key holds") {
    const FactoredModel model = random_model({.state_counts = {2},
                                              .action_counts = {2},
                                              .outcome_counts = std::vector<std::size_t>(13, 2)},
                                             1);
    CHECK(!agent_fault(model, {}));
    const auto fault = agent_fault(model, {.caches = {.likelihoods = true}});
    REQUIRE(fault.has_value());
    CHECK(fault->find("13 modalities") != std::string::npos);
}

TEST_CASE("an agent that learns without counts is refused with what is missing") {
    const FactoredModel model = grid_model(1);
    const AgentOptions options{.learning = {.transitions = 1}};
    CHECK_THROWS_AS(Agent(model, options), std::invalid_argument);
    CHECK_NOTHROW(Agent(model, options, counts_of(model, 1)));
    const auto fault = learning_fault(AgentState(model), options);
    REQUIRE(fault.has_value());
    CHECK(fault->find("transitions") != std::string::npos);
    CHECK(!learning_fault(AgentState(model), {}));
}
