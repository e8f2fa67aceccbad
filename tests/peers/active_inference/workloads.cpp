#include "active_inference/agent/agent_loop.hpp"
#include "active_inference/learning/dirichlet_learning.hpp"
#include "active_inference/model_json.hpp"
#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/policies/policy_posterior.hpp"
#include "active_inference/policies/sophisticated_search.hpp"
#include "active_inference/random_model.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "active_inference/trajectories/marginal_message_passing.hpp"
#include "workload.hpp"

#include <memory>
#include <utility>

namespace peers {
namespace {

using namespace assay::active_inference;

constexpr std::uint64_t kSeed = 1;

// As the suite's models: modality m has as many outcomes as factor m has states and sees all
// factors; no preferences, uniform priors.
FactoredModel dense(std::vector<std::size_t> states, std::vector<std::size_t> actions = {}) {
    if (actions.empty()) {
        actions.assign(states.size(), 1);
    }
    return random_model(
        {.state_counts = states, .action_counts = std::move(actions), .outcome_counts = states},
        kSeed);
}

FactoredModel ring(std::size_t factors, std::size_t states) {
    RandomModelOptions options;
    options.state_counts.assign(factors, states);
    options.action_counts.assign(factors, 1);
    options.outcome_counts = options.state_counts;
    for (std::size_t m = 0; m < factors; ++m) {
        options.likelihood_factors.push_back({m, (m + 1) % factors});
    }
    return random_model(options, kSeed);
}

std::string list(const std::vector<std::size_t>& numbers) {
    std::string text;
    for (const std::size_t number : numbers) {
        text += (text.empty() ? "[" : ", ") + std::to_string(number);
    }
    return text.empty() ? "[]" : text + "]";
}

std::string document(const std::string& kind, const FactoredModel& model, const std::string& rest) {
    return "{\"kind\": \"" + kind + "\", \"model\": " + model_json(model) + rest + "}";
}

std::vector<std::size_t> first_outcomes(const FactoredModel& model, std::size_t shift = 0) {
    std::vector<std::size_t> observation;
    for (const std::size_t count : model.outcome_counts) {
        observation.push_back((observation.size() + shift) % count);
    }
    return observation;
}

std::vector<Outcome> outcomes(const std::vector<std::size_t>& indices) {
    std::vector<Outcome> result;
    for (const std::size_t index : indices) {
        result.push_back({.index = index});
    }
    return result;
}

std::vector<double> copied(std::span<const double> values) {
    return {values.begin(), values.end()};
}

Workload fpi(const std::string& size, FactoredModel drawn, bool cached) {
    struct State {
        std::vector<Outcome> observed;
        StateInference infer;
        Beliefs prior, q;
    };

    const auto observed = first_outcomes(drawn);
    auto model = std::make_shared<FactoredModel>(std::move(drawn));
    auto state = std::make_shared<State>(
        State{outcomes(observed),
              StateInference(*model,
                             {.schedule = Schedule::parallel, .max_sweeps = 10, .tolerance = 0},
                             {.cached = cached}),
              Beliefs(model->state_counts),
              Beliefs(model->state_counts)});
    return {(cached ? "fpi, ln A kept " : "fpi ") + size,
            [=] { return document("fpi", *model, ", \"observation\": " + list(observed)); },
            [=] { static_cast<void>(state->infer(state->observed, state->prior, state->q)); },
            [=] {
                static_cast<void>(model);
                return copied(state->q.values());
            }};
}

Workload efe(const std::string& size, FactoredModel drawn, std::size_t horizon, bool cache) {
    struct State {
        ExpectedFreeEnergy efe;
        Beliefs q;
        std::vector<double> posterior;
    };

    auto model = std::make_shared<FactoredModel>(std::move(drawn));
    ExpectedFreeEnergy solver(*model, nullptr, {.horizon = horizon, .cache = cache});
    const std::size_t policies = solver.policies().size();
    auto state = std::make_shared<State>(
        State{std::move(solver), Beliefs(model->state_counts), std::vector<double>(policies)});
    return {(cache ? "efe, cached " : "efe ") + size + ", " + std::to_string(policies) +
                " policies, depth " + std::to_string(horizon),
            [=] { return document("efe", *model, ", \"horizon\": " + std::to_string(horizon)); },
            [=] {
                static_cast<void>(state->efe.evaluate(state->q));
                policy_posterior(state->efe.values(), {.gamma = 16}, state->posterior);
            },
            [=] {
                static_cast<void>(model);
                return copied(state->efe.values());
            }};
}

Workload mmp(const std::string& size, FactoredModel drawn, TrajectoryLengths lengths) {
    struct State {
        MarginalMessagePassing solver;
        Trajectory trajectory;
        std::vector<Outcome> window;
        std::vector<std::size_t> previous, policy;
        Beliefs prior;
        double free_energy = 0;
    };

    auto model = std::make_shared<FactoredModel>(std::move(drawn));
    const std::size_t factors = model->state_counts.size();
    MarginalMessagePassing solver(*model, lengths, {.form = MessageForm::plain});
    Trajectory trajectory = solver.trajectory();
    std::string observations;
    std::vector<Outcome> window;
    for (std::size_t t = 0; t < lengths.observed; ++t) {
        const auto row = first_outcomes(*model, t);
        observations += (t == 0 ? "[" : ", ") + list(row);
        for (const std::size_t index : row) {
            window.push_back({.index = index});
        }
    }
    auto state =
        std::make_shared<State>(State{std::move(solver),
                                      std::move(trajectory),
                                      std::move(window),
                                      std::vector<std::size_t>((lengths.observed - 1) * factors, 0),
                                      std::vector<std::size_t>(lengths.horizon * factors, 0),
                                      Beliefs(model->state_counts)});
    const std::string rest = ", \"horizon\": " + std::to_string(lengths.horizon) +
                             ", \"observations\": " + observations + "]";
    return {"mmp " + size + ", " + std::to_string(lengths.observed) + "+" +
                std::to_string(lengths.horizon) + " steps",
            [=] { return document("mmp", *model, rest); },
            [=] {
                state->solver.observe(state->window);
                state->solver.set_prior(state->prior);
                state->free_energy =
                    state->solver.infer({state->previous, state->policy}, state->trajectory)
                        .free_energy;
            },
            [=] {
                std::vector<double> all{state->free_energy};
                for (const Beliefs& q : state->trajectory) {
                    all.insert(all.end(), q.values().begin(), q.values().end());
                }
                return all;
            }};
}

// Counts grow with every run, so that the results are those of the first: the growth is linear.
Workload learning(bool transitions) {
    struct State {
        FactoredModel model;
        DirichletCounts counts;
        std::vector<Outcome> observed;
        std::vector<std::size_t> actions;
        Beliefs before, q;
    };

    FactoredModel model = dense({20, 20}, {4, 4});
    DirichletCounts counts{model.likelihoods, model.transitions, {}};
    const auto observed = first_outcomes(model);
    auto state = std::make_shared<State>(State{model,
                                               std::move(counts),
                                               outcomes(observed),
                                               {1, 2},
                                               Beliefs(model.state_counts),
                                               Beliefs(model.state_counts)});
    auto learner = std::make_shared<DirichletLearner>(model);
    const std::string kind = transitions ? "learn_B" : "learn_A";
    const std::string drawn =
        document(kind, model, ", \"observation\": " + list(observed) + ", \"actions\": [1, 2]");
    auto fresh = std::make_shared<State>(*state);
    const auto learn = [=](State& into) {
        if (transitions) {
            learner->learn_transitions(
                into.actions, into.before, into.q, 1, into.counts, into.model);
        } else {
            learner->learn_likelihoods(into.observed, into.q, 1, into.counts, into.model);
        }
    };
    return {transitions ? "learn B 20x20" : "learn A 20x20",
            [=] { return drawn; },
            [=] { learn(*state); },
            [=] {
                State once = *fresh;
                learn(once);
                std::vector<double> all;
                for (const Tensor& tensor :
                     transitions ? once.counts.transitions : once.counts.likelihoods) {
                    all.insert(all.end(), tensor.data.begin(), tensor.data.end());
                }
                return all;
            }};
}

Workload sophisticated() {
    auto model = std::make_shared<FactoredModel>(dense({4, 3}, {2, 2}));
    auto search = std::make_shared<SophisticatedSearch>(
        *model,
        SophisticatedOptions{.horizon = 2, .policy_threshold = 0.05, .outcome_threshold = 0.05});
    auto q = std::make_shared<Beliefs>(model->state_counts);
    return {"sophisticated 4x3, horizon 2",
            [=] {
                return document("sophisticated",
                                *model,
                                ", \"horizon\": 2, \"policy_threshold\": 0.05, "
                                "\"outcome_threshold\": 0.05");
            },
            [=] { static_cast<void>(search->evaluate(*q)); },
            [=] {
                static_cast<void>(model);
                return copied(search->values());
            }};
}

// The first steps of an agent that is born anew in every run. What its caches remember by the model
// or by what was observed outlives it.
Workload agent(const std::string& size, FactoredModel drawn, bool cached) {
    constexpr std::size_t kSteps = 5;

    struct State {
        AgentLoop loop;
        AgentState agent;
        std::vector<std::vector<Outcome>> observations;

        void step(std::size_t number) {
            static_cast<void>(loop.infer_states(agent, observations[number]));
            static_cast<void>(loop.evaluate_policies(agent));
            loop.choose_action(agent);
        }
    };

    auto model = std::make_shared<FactoredModel>(std::move(drawn));
    AgentOptions options;
    options.states = {.schedule = Schedule::parallel, .max_sweeps = 10, .tolerance = 0};
    options.caches = {.likelihoods = cached, .transitions = cached, .intermediates = cached};
    std::shared_ptr<State> state(
        new State{.loop = {*model, options}, .agent = AgentState(*model), .observations = {}});
    std::string rows;
    for (std::size_t t = 0; t < kSteps; ++t) {
        const auto row = first_outcomes(*model, 3 * t);
        rows += (t == 0 ? "[" : ", ") + list(row);
        state->observations.push_back(outcomes(row));
    }
    return {std::to_string(kSteps) + (cached ? " agent steps, cached " : " agent steps ") + size,
            [=] { return document("agent", *model, ", \"observations\": " + rows + "]"); },
            [=] {
                state->agent = AgentState(*model);
                for (std::size_t t = 0; t < kSteps; ++t) {
                    state->step(t);
                }
            },
            [=] {
                std::vector<double> all;
                state->agent = AgentState(*model);
                for (std::size_t t = 0; t < kSteps; ++t) {
                    state->step(t);
                    const auto q = std::as_const(state->agent.q).values();
                    const auto values = state->loop.values();
                    all.insert(all.end(), q.begin(), q.end());
                    all.insert(all.end(), values.begin(), values.end());
                    all.insert(all.end(), state->agent.chosen.begin(), state->agent.chosen.end());
                }
                return all;
            }};
}

} // namespace

std::vector<Workload> workloads() {
    std::vector<Workload> all;
    all.push_back(fpi("5x5", dense({5, 5}), false));
    all.push_back(fpi("10x10x5", dense({10, 10, 5}), false));
    all.push_back(fpi("20x20", dense({20, 20}), false));
    all.push_back(fpi("50x50", dense({50, 50}), false));
    all.push_back(fpi("100x100", dense({100, 100}), false));
    all.push_back(fpi("30x30x30", dense({30, 30, 30}), false));
    all.push_back(fpi("30x30x30", dense({30, 30, 30}), true));
    all.push_back(fpi("ring of 6 x 8", ring(6, 8), false));
    for (const bool cache : {false, true}) {
        all.push_back(efe("10x10", dense({10, 10}, {4, 1}), 3, cache));
        all.push_back(efe("20x20", dense({20, 20}, {4, 1}), 3, cache));
        all.push_back(efe("25x12", dense({25, 12}, {4, 4}), 1, cache));
        all.push_back(efe("5x5x5", dense({5, 5, 5}, {3, 3, 1}), 2, cache));
        all.push_back(efe("10x10", dense({10, 10}, {4, 4}), 2, cache));
        all.push_back(efe("10x10", dense({10, 10}, {4, 1}), 1, cache));
    }
    all.push_back(mmp("5x5", dense({5, 5}, {2, 2}), {.observed = 3, .horizon = 2}));
    all.push_back(mmp("20x20", dense({20, 20}, {2, 2}), {.observed = 5, .horizon = 3}));
    all.push_back(mmp("10x10x5", dense({10, 10, 5}, {2, 2, 2}), {.observed = 5, .horizon = 2}));
    all.push_back(learning(false));
    all.push_back(learning(true));
    all.push_back(sophisticated());
    for (const bool cached : {false, true}) {
        all.push_back(agent("25x12, 4x4 actions", dense({25, 12}, {4, 4}), cached));
    }
    return all;
}

} // namespace peers
