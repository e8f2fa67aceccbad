#include "active_inference/agent/window_agent.hpp"
#include "agent_setting.hpp"
#include "allocation_count.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <stdexcept>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

void step_once(WindowAgent& agent, Observation observation) {
    agent.infer_states(observation);
    agent.evaluate_policies();
    agent.choose_action();
}

} // namespace

TEST_CASE("a window grows to its length, trajectories with it") {
    const FactoredModel model = grid_model(1);
    WindowAgent agent(model, {.window = 3, .horizon = 2});
    const std::vector<Outcome> stream = outcome_stream(model, 6, 2);
    for (std::size_t step = 0; step < 6; ++step) {
        step_once(agent, std::span(stream).subspan(2 * step, 2));
        CHECK(agent.trajectory(0).size() == std::min<std::size_t>(step + 1, 3) + 2);
        const auto posterior = agent.posterior();
        CHECK(std::accumulate(posterior.begin(), posterior.end(), 0.0) ==
              doctest::Approx(1).epsilon(1e-12));
    }
}

TEST_CASE("a window of one observation carries its prior from step to step") {
    const FactoredModel model = grid_model(3);
    WindowAgent agent(model, {.window = 1, .horizon = 1});
    const std::vector<Outcome> stream = outcome_stream(model, 1, 4);
    step_once(agent, stream);
    const std::vector<double> first(agent.values().begin(), agent.values().end());
    step_once(agent, stream);
    CHECK(!same_bits(agent.values(), first));
    CHECK(agent.trajectory(0).size() == 2);
}

TEST_CASE("two smoothing agents with the same observations give the same bits") {
    const FactoredModel model = grid_model(5);
    WindowAgent one(model, {.window = 2, .horizon = 1});
    WindowAgent two(model, {.window = 2, .horizon = 1});
    const std::vector<Outcome> stream = outcome_stream(model, 30, 6);
    for (std::size_t at = 0; at < stream.size(); at += 2) {
        step_once(one, std::span(stream).subspan(at, 2));
        step_once(two, std::span(stream).subspan(at, 2));
        CHECK(same_bits(one.posterior(), two.posterior()));
    }
}

TEST_CASE("a smoothing step allocates nothing") {
    const FactoredModel model = grid_model(7);
    WindowAgent agent(model, {.window = 3, .horizon = 2});
    const std::vector<Outcome> stream = outcome_stream(model, 8, 8);
    const std::uint64_t before = allocation_count();
    for (std::size_t at = 0; at < stream.size(); at += 2) {
        step_once(agent, std::span(stream).subspan(at, 2));
    }
    CHECK(allocation_count() == before);
}

TEST_CASE("an empty window is refused, a cancelled inference says so") {
    const FactoredModel model = grid_model(9);
    CHECK_THROWS_AS(WindowAgent(model, {.window = 0}), std::invalid_argument);
    WindowAgent agent(model, {});
    CHECK(!agent.infer_states(outcome_stream(model, 1, 1), [] { return true; }));
}
