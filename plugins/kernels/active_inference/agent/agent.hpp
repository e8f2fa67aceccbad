// One agent with its own workspace and model: the loop of agent_loop.hpp for whoever needs a single
// agent.
//
//   Agent agent(model, {.horizon = 2});
//   agent.infer_states(observation);
//   agent.evaluate_policies();
//   agent.learn();
//   agent.choose_action();             // agent.state().chosen
//
// Neither copied nor moved. One thread at a time.
#pragma once

#include "active_inference/agent/agent_fault.hpp"
#include "active_inference/agent/agent_loop.hpp"

#include <cstdint>
#include <stdexcept>
#include <utility>

namespace assay::active_inference {

class Agent {
public:
    // Throws std::invalid_argument with the fault of the options. `counts` are those of what is
    // learnt.
    Agent(FactoredModel model, AgentOptions options, DirichletCounts counts = {})
        : model_(std::move(model))
        , loop_(model_, std::move(options))
        , state_(loop_.options().learning.any()
                     ? AgentState(model_, AgentTensors(std::move(counts), model_))
                     : AgentState(model_)) {
        if (const auto fault = learning_fault(state_, loop_.options())) {
            throw std::invalid_argument(*fault);
        }
    }

    FixedPointResult infer_states(Observation observation) {
        return loop_.infer_states(state_, observation);
    }

    bool evaluate_policies(const CancelCheck& cancelled = {}) {
        return loop_.evaluate_policies(state_, cancelled);
    }

    void learn() { loop_.learn(state_); }

    void choose_action() noexcept { loop_.choose_action(state_); }

    void learn_prior() { loop_.learn_prior(state_); }

    [[nodiscard]] const AgentState& state() const noexcept { return state_; }

    [[nodiscard]] const AgentLoop& loop() const noexcept { return loop_; }

private:
    FactoredModel model_;
    AgentLoop loop_;
    AgentState state_;
};

} // namespace assay::active_inference
