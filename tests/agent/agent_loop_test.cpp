#include "agent_setting.hpp"
#include "allocation_count.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

constexpr LearningRates kEverything{.likelihoods = 0.5, .transitions = 0.75, .priors = 1};

double total(const std::vector<Tensor>& tensors) {
    double sum = 0;
    for (const Tensor& tensor : tensors) {
        sum = std::accumulate(tensor.data.begin(), tensor.data.end(), sum);
    }
    return sum;
}

double total(const std::vector<std::vector<double>>& lists) {
    double sum = 0;
    for (const std::vector<double>& list : lists) {
        sum = std::accumulate(list.begin(), list.end(), sum);
    }
    return sum;
}

} // namespace

TEST_CASE("beliefs and policy posteriors sum to 1 and actions exist, in every step") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const FactoredModel model = grid_model(seed);
        AgentLoop loop(model, {.horizon = 2});
        AgentState agent(model);
        const std::vector<Outcome> stream = outcome_stream(model, 20, seed);
        for (std::size_t at = 0; at < stream.size(); at += 2) {
            step_once(loop, agent, std::span(stream).subspan(at, 2));
            const auto posterior = loop.posterior();
            CHECK(std::accumulate(posterior.begin(), posterior.end(), 0.0) ==
                  doctest::Approx(1).epsilon(1e-12));
            for (std::size_t f = 0; f < 2; ++f) {
                const auto q = std::as_const(agent.q)[f];
                CHECK(std::accumulate(q.begin(), q.end(), 0.0) ==
                      doctest::Approx(1).epsilon(1e-12));
                CHECK(agent.chosen[f] < model.action_counts[f]);
            }
        }
        CHECK(agent.steps == 20);
    }
}

TEST_CASE("the same model and observations give the same bits") {
    const FactoredModel model = grid_model(1);
    const std::vector<Outcome> stream = outcome_stream(model, 200, 2);
    AgentLoop one(model, {.horizon = 2});
    AgentLoop two(model, {.horizon = 2});
    AgentState first(model);
    AgentState second(model);
    CHECK(same_bits(trace_of(one, first, stream), trace_of(two, second, stream)));
}

TEST_CASE("agents that take turns on one loop do what each does on a loop of its own") {
    const FactoredModel model = grid_model(3);
    const AgentOptions options{
        .horizon = 1, .learning = kEverything, .caches = {true, true, true, {}}};
    constexpr std::size_t kAgents = 4;
    const auto newborn = [&](std::size_t which) {
        // Others are others, not the same agent several times.
        return AgentState(model, AgentTensors(counts_of(model, 5 + double(which)), model));
    };
    std::vector<AgentTrace> together(kAgents);
    std::vector<AgentState> agents;
    for (std::size_t which = 0; which < kAgents; ++which) {
        agents.push_back(newborn(which));
    }
    const std::vector<Outcome> stream = outcome_stream(model, 50, 4);
    AgentLoop shared(model, options);
    for (std::size_t at = 0; at < stream.size(); at += 2) {
        for (std::size_t which = 0; which < kAgents; ++which) {
            step_once(shared, agents[which], std::span(stream).subspan(at, 2));
            together[which].add(agents[which], shared);
        }
    }
    for (std::size_t which = 0; which < kAgents; ++which) {
        AgentLoop own(model, options);
        AgentState alone = newborn(which);
        CHECK(same_bits(trace_of(own, alone, stream), together[which]));
        CHECK((which == 0 || !same_bits(together[which], together[0])));
    }
}

TEST_CASE("an agent that shares the model does as one with a copy of it") {
    const FactoredModel model = grid_model(5);
    const std::vector<Outcome> stream = outcome_stream(model, 100, 6);
    AgentLoop loop(model, {.horizon = 2});
    AgentState sharing(model);
    AgentState owning(model, AgentTensors(model));
    CHECK(same_bits(trace_of(loop, sharing, stream), trace_of(loop, owning, stream)));
}

TEST_CASE("tables that agents keep are laid out once for each, and change no bit") {
    const FactoredModel model = grid_model(6);
    const AgentOptions options{.horizon = 2, .caches = {false, false, true, {}}};
    const std::vector<Outcome> stream = outcome_stream(model, 20, 6);
    AgentLoop shared(model, options);
    std::vector<AgentState> agents;
    for (std::uint64_t which = 0; which < 3; ++which) {
        agents.emplace_back(model, AgentTensors(grid_model(6 + which)));
        shared.keep_tables(agents.back());
    }
    agents.emplace_back(model); // the loop's own tables stay what they are meanwhile
    std::vector<AgentTrace> together(agents.size());
    const std::uint64_t before = shared.layouts();
    for (std::size_t at = 0; at < stream.size(); at += 2) {
        for (std::size_t which = 0; which < agents.size(); ++which) {
            step_once(shared, agents[which], std::span(stream).subspan(at, 2));
            together[which].add(agents[which], shared);
        }
    }
    CHECK(shared.layouts() == before + 3);
    for (std::uint64_t which = 0; which < 3; ++which) {
        AgentLoop own(model, options);
        AgentState alone(model, AgentTensors(grid_model(6 + which)));
        CHECK(same_bits(trace_of(own, alone, stream), together[which]));
    }
    AgentLoop own(model, options);
    AgentState alone(model);
    CHECK(same_bits(trace_of(own, alone, stream), together[3]));
    CHECK(same_bits(together[0], together[3]));
    CHECK(!same_bits(together[0], together[1]));
}

TEST_CASE("an agent that learns and keeps its tables does as one that does not keep them") {
    const FactoredModel model = grid_model(12);
    const AgentOptions options{
        .horizon = 1, .learning = kEverything, .caches = {true, true, true, {}}};
    const std::vector<Outcome> stream = outcome_stream(model, 40, 12);
    AgentLoop loop(model, options);
    AgentState keeps(model, AgentTensors(counts_of(model, 3), model));
    loop.keep_tables(keeps);
    AgentState plain(model, AgentTensors(counts_of(model, 3), model));
    CHECK(same_bits(trace_of(loop, keeps, stream), trace_of(loop, plain, stream)));
}

TEST_CASE("learning adds the rate to the counts of every modality and factor in every step") {
    const FactoredModel model = grid_model(7);
    Agent agent(model, {.learning = kEverything}, counts_of(model, 1));
    const DirichletCounts& counts = agent.state().own->counts;
    const double a = total(counts.likelihoods);
    const double b = total(counts.transitions);
    const double d = total(counts.priors);
    const std::vector<Outcome> stream = outcome_stream(model, 30, 8);
    for (std::size_t step = 0; step < 30; ++step) {
        agent.infer_states(std::span(stream).subspan(2 * step, 2));
        agent.evaluate_policies();
        agent.learn();
        agent.choose_action();
        CHECK(total(counts.likelihoods) ==
              doctest::Approx(a + 2 * 0.5 * double(step + 1)).epsilon(1e-12));
        CHECK(total(counts.transitions) == doctest::Approx(b + 2 * 0.75 * double(step)));
        CHECK(total(counts.priors) == doctest::Approx(d).epsilon(1e-12));
    }
    agent.learn_prior();
    CHECK(total(counts.priors) == doctest::Approx(d + 2).epsilon(1e-12));
}

TEST_CASE("the order of learning and acting makes no difference") {
    const FactoredModel model = grid_model(9);
    const AgentOptions options{.horizon = 2, .learning = kEverything};
    Agent before(model, options, counts_of(model, 3));
    Agent after(model, options, counts_of(model, 3));
    const std::vector<Outcome> stream = outcome_stream(model, 60, 10);
    for (std::size_t at = 0; at < stream.size(); at += 2) {
        const Observation observation = std::span(stream).subspan(at, 2);
        before.infer_states(observation);
        before.evaluate_policies();
        before.learn();
        before.choose_action();
        after.infer_states(observation);
        after.evaluate_policies();
        after.choose_action();
        after.learn();
        CHECK(before.state().chosen == after.state().chosen);
        CHECK(same_bits(before.loop().values(), after.loop().values()));
    }
}

TEST_CASE("learning changes what comes next, and a rate of 0 learns nothing") {
    const FactoredModel model = grid_model(11);
    const std::vector<Outcome> stream = outcome_stream(model, 20, 12);
    const auto values_with = [&](LearningRates rates) {
        AgentLoop loop(model, {.learning = rates});
        AgentState agent(model, AgentTensors(counts_of(model, 2), model));
        return trace_of(loop, agent, stream).values;
    };
    CHECK(values_with({.likelihoods = 1}) != values_with({}));
    CHECK(values_with({.transitions = 1}) != values_with({}));
    CHECK(values_with({.priors = 1}) == values_with({}));
}

TEST_CASE("a learning step allocates nothing, whoever's turn it is") {
    const FactoredModel model = grid_model(13);
    AgentLoop loop(model, {.horizon = 2, .learning = kEverything});
    std::vector<AgentState> agents;
    for (int which = 0; which < 3; ++which) {
        agents.emplace_back(model, AgentTensors(counts_of(model, 2), model));
    }
    const std::vector<Outcome> stream = outcome_stream(model, 10, 14);
    const std::uint64_t before = allocation_count();
    for (std::size_t at = 0; at < stream.size(); at += 2) {
        for (AgentState& agent : agents) {
            step_once(loop, agent, std::span(stream).subspan(at, 2));
        }
    }
    for (AgentState& agent : agents) {
        loop.learn_prior(agent);
    }
    CHECK(allocation_count() == before);
}

TEST_CASE("a cancelled evaluation says so") {
    const FactoredModel model = grid_model(15);
    AgentLoop loop(model, {.horizon = 2});
    AgentState agent(model);
    loop.infer_states(agent, outcome_stream(model, 1, 1));
    CHECK(!loop.evaluate_policies(agent, [] { return true; }));
    CHECK(loop.evaluate_policies(agent));
}

TEST_CASE("a model of one state and one action is an agent without a choice") {
    FactoredModel model;
    model.state_counts = {1};
    model.action_counts = {1};
    model.outcome_counts = {2};
    model.transition_factors = {{0}};
    model.likelihood_factors = {{0}};
    model.transitions = {{{1, 1, 1}, {1}}};
    model.likelihoods = {{{2, 1}, {0, 1}}};
    Agent agent(model, {});
    for (const std::size_t outcome : {0, 1, 1}) { // the first is impossible
        const std::vector<Outcome> observation{{.index = outcome}};
        agent.infer_states(observation);
        REQUIRE(agent.evaluate_policies());
        agent.choose_action();
        CHECK(std::as_const(agent.state().q)[0][0] == 1);
        CHECK(agent.loop().posterior()[0] == 1);
        CHECK(std::isfinite(agent.loop().values()[0]));
    }
}
