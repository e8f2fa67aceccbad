#include "active_inference/random_model.hpp"
#include "agent_formula.hpp"
#include "agent_setup.hpp"

#include <assay/suite.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <string>

namespace agent_formula_test {

using namespace assay::active_inference;
using namespace assay::inference;

namespace {

FactoredModel formula_model(std::uint64_t seed) {
    FactoredModel model = random_model(
        {.state_counts = {5, 4}, .action_counts = {3, 2}, .outcome_counts = {5, 4}, .sharpness = 4},
        seed);
    model.preferences = {{{5}, {0, 1, -1, 2, 0.5}}, {{4}, {0, 0, 3, 0}}};
    model.priors = {{0.5, 0.125, 0.125, 0.125, 0.125}, {0.25, 0.5, 0.125, 0.125}};
    model.policy_prior = {0.1, 0.2, 0.1, 0.2, 0.3, 0.1};
    return model;
}

constexpr std::size_t kSteps = 6;

std::vector<Outcome> seen_in(std::size_t step) {
    return {{.index = step * 3 % 5}, {.index = step % 4}};
}

// What an agent does instead of what it should: it sees another observation, or something is done
// to it after its step.
struct Deviation {
    AgentOptions options = {};
    std::function<std::size_t(std::size_t step)> sees = [](std::size_t step) { return step; };
    std::function<void(AgentState&)> then = [](AgentState&) {};
};

// Empty: as by the formulas.
std::string fault_of(const AgentOptions& expected, const Deviation& deviation) {
    const FactoredModel model = formula_model(1);
    const AgentState born = owning_agent(model, true);
    AgentLoop loop(born.own->model, deviation.options);
    AgentState agent = owning_agent(model, true);
    FormulaAgent formula(born.own->model, expected, born.own->counts);
    try {
        for (std::size_t step = 0; step < kSteps; ++step) {
            const std::vector<Outcome> sees = seen_in(deviation.sees(step));
            const std::vector<Outcome> seen = seen_in(step);
            loop.infer_states(agent, sees);
            loop.evaluate_policies(agent);
            loop.choose_action(agent);
            deviation.then(agent);
            formula.step(seen);
            const std::size_t held = formula.hold(agent, loop);
            CHECK(held == 9 + 6 + 6 + 2);
            loop.learn(agent);
            formula.learn();
        }
    } catch (const assay::wrong_result& wrong) {
        return wrong.what();
    }
    return {};
}

} // namespace

TEST_CASE("agents do what the formulas say, learning or not, with caches or without") {
    AgentOptions options;
    CHECK(fault_of(options, {.options = options}) == "");
    options.learning = kLearning;
    CHECK(fault_of(options, {.options = options}) == "");
    options.learning = {.likelihoods = 0.5};
    options.gamma = 2;
    options.caches = {.likelihoods = true, .transitions = true, .intermediates = true};
    CHECK(fault_of(options, {.options = options}) == "");
}

TEST_CASE("an agent that ignores what it observes is found out") {
    const std::string fault = fault_of({}, {.sees = [](std::size_t) { return 0; }});
    CHECK(fault.find("step 1: belief[0] is ") != std::string::npos);
    CHECK(fault.find(", by the formula 0.") != std::string::npos);
}

TEST_CASE("an agent of another precision, or that acts as it likes, is found out") {
    AgentOptions bold;
    bold.gamma = 4;
    CHECK(fault_of({}, {.options = bold}).find("step 0: posterior of the policies[") !=
          std::string::npos);
    const std::string acts = fault_of(
        {}, {.then = [](AgentState& agent) { agent.chosen[0] = (agent.chosen[0] + 1) % 3; }});
    CHECK(acts.find("step 0: action ") != std::string::npos);
    CHECK(acts.find(" of factor 0 has probability ") != std::string::npos);
}

TEST_CASE("an agent that does not learn what it should is found out") {
    AgentOptions learns;
    learns.learning = kLearning;
    CHECK(fault_of(learns, {}).find("step 1: ") != std::string::npos);
    // B counts from the second step on, and so is missed in the third.
    learns.learning = {.transitions = 1};
    CHECK(fault_of(learns, {}).find("step 2: ") != std::string::npos);
}

TEST_CASE("of very many policies those spread over all are computed, and the posterior of each") {
    FactoredModel model = formula_model(1);
    model.policy_prior.clear();
    const AgentOptions options{.horizon = 3}; // 216 policies
    const auto held = [&](const AgentOptions& of_loop) {
        AgentLoop loop(model, of_loop);
        AgentState agent(model);
        FormulaAgent formula(model, options);
        std::size_t numbers = 0;
        for (std::size_t step = 0; step < 2; ++step) {
            const std::vector<Outcome> seen = seen_in(step);
            loop.infer_states(agent, seen);
            loop.evaluate_policies(agent);
            loop.choose_action(agent);
            formula.step(seen);
            numbers += formula.hold(agent, loop);
        }
        return numbers;
    };
    CHECK(held(options) == 2 * (9 + FormulaAgent::kPoliciesByFormula + 216 + 2));
    AgentOptions bold = options;
    bold.gamma = 4;
    CHECK_THROWS_AS(held(bold), assay::wrong_result);
}

} // namespace agent_formula_test
