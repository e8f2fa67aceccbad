#include "active_inference/random_model.hpp"
#include "agent_setting.hpp"

#include <doctest/doctest.h>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

FactoredModel robot_model() {
    return random_model(
        {.state_counts = {25, 12}, .action_counts = {4, 4}, .outcome_counts = {25, 12}}, 1);
}

} // namespace

TEST_CASE("an agent with tensors of its own takes little more than they do") {
    const FactoredModel model = robot_model();
    const AgentState owning(model, AgentTensors(model));
    CHECK(owning.tensor_bytes() == (11'100 + 3'076) * sizeof(double));
    CHECK(owning.bytes() > owning.tensor_bytes());
    CHECK(owning.bytes() <= owning.tensor_bytes() * 5 / 4 + 4096);
    const AgentState learning(model, AgentTensors(counts_of(model, 1), model));
    CHECK(learning.tensor_bytes() == 2 * owning.tensor_bytes());
    CHECK(learning.bytes() <= learning.tensor_bytes() * 5 / 4 + 4096);
}

TEST_CASE("an agent that shares the model takes a page at most") {
    const AgentState sharing(robot_model());
    CHECK(sharing.tensor_bytes() == 0);
    CHECK(sharing.bytes() <= 4096);
}

TEST_CASE("running does not make an agent larger") {
    const FactoredModel model = grid_model(1);
    AgentLoop loop(model, {.learning = {.likelihoods = 1, .transitions = 1, .priors = 1}});
    AgentState agent(model, AgentTensors(counts_of(model, 1), model));
    const std::size_t before = agent.bytes();
    trace_of(loop, agent, outcome_stream(model, 50, 2));
    loop.learn_prior(agent);
    CHECK(agent.bytes() == before);
}

TEST_CASE("tensors of an agent's own start with the counts' expectations, D as the model has it") {
    const FactoredModel model = grid_model(2);
    DirichletCounts counts = counts_of(model, 7);
    counts.priors[0] = {1, 2, 3, 4, 5};
    const AgentTensors tensors(counts, model);
    for (std::size_t m = 0; m < 2; ++m) {
        for (std::size_t at = 0; at < model.likelihoods[m].data.size(); ++at) {
            CHECK(tensors.model.likelihoods[m].data[at] ==
                  doctest::Approx(model.likelihoods[m].data[at]).epsilon(1e-12));
        }
    }
    CHECK(tensors.model.priors == model.priors);
    CHECK(tensors.counts.priors == counts.priors);
}
