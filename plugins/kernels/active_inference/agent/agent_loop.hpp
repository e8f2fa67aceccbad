// The loop of an agent that filters: each step it infers the hidden states from what it observes,
// evaluates its policies, learns, and chooses an action.
//   prior    D at first, then B[last action] q with B as learnt so far
//   states   fixed-point iteration from uniform beliefs           (state_inference.hpp)
//   policies G, then softmax(gamma G + ln(E + eps))               (expected_free_energy.hpp)
//   learning A, then B from the second step; D when asked for     (dirichlet_learning.hpp)
//   action   the most probable one of each factor
//
//   AgentLoop loop(model, {.horizon = 2});      // the workspace: one per thread
//   AgentState agent(model);                    // the agent: as many as you like
//   loop.infer_states(agent, observation);
//   loop.evaluate_policies(agent);
//   loop.learn(agent);
//   loop.choose_action(agent);                  // agent.chosen
//
// The stages of one agent's step follow each other before another agent's step begins; learn() and
// choose_action() in either order. Agents that share the loop's model share its tables. One with
// tensors of its own keeps the tables itself after keep_tables(agent), otherwise they are laid out
// again when its turn comes after another's. The same agent gets the same bits from any loop with
// the same options, whoever it served before.
//
// The model must be without fault (agent_fault.hpp) and outlive the loop. A step allocates nothing,
// but while the cache of likelihoods grows.
#pragma once

#include "active_inference/agent/agent_options.hpp"
#include "active_inference/agent/agent_state.hpp"
#include "active_inference/agent/kept_likelihoods.hpp"
#include "active_inference/learning/dirichlet_learning.hpp"
#include "active_inference/policies/expected_free_energy.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

class AgentLoop {
public:
    // Throws std::invalid_argument with the fault of the options (agent_fault.hpp).
    AgentLoop(const FactoredModel& model, AgentOptions options);
    AgentLoop(const AgentLoop&) = delete;
    AgentLoop& operator=(const AgentLoop&) = delete;

    // For an agent with tensors of its own, on this loop and others with the same options: worth it
    // where the agent does not learn and does not have the loop to itself. Allocates.
    void keep_tables(AgentState& agent) const;

    // An observation without fault (observation_fault.hpp). Soft outcomes stay until learn().
    FixedPointResult infer_states(AgentState& agent, Observation observation);

    // False: `cancelled` said so.
    bool evaluate_policies(const AgentState& agent, const CancelCheck& cancelled = {});

    // Nothing where the options ask for no learning. The agent has counts for what is learnt.
    void learn(AgentState& agent);

    void choose_action(AgentState& agent) noexcept;

    // D, from the beliefs of the first step: at the end of an episode.
    void learn_prior(AgentState& agent);

    // Of the agent that evaluated its policies last.
    [[nodiscard]] std::span<const double> values() const noexcept { return efe_.values(); }

    [[nodiscard]] std::span<const double> posterior() const noexcept { return posterior_; }

    [[nodiscard]] const PolicySpace& policies() const noexcept { return efe_.policies(); }

    [[nodiscard]] const AgentOptions& options() const noexcept { return options_; }

    // Work since construction.
    [[nodiscard]] InferenceWork state_work() const noexcept;

    [[nodiscard]] const PolicyWork& policy_work() const noexcept { return efe_.work(); }

    // How often A and B were laid out.
    [[nodiscard]] std::uint64_t layouts() const noexcept { return efe_.layouts(); }

    // Held for the next use by the evaluation of policies.
    [[nodiscard]] std::size_t policy_bytes_kept() const noexcept { return efe_.kept_bytes(); }

    [[nodiscard]] const KeptLikelihoods& likelihoods() const noexcept { return likelihoods_; }

private:
    // Solvers borrow tensors, and tables where an agent keeps them, for the time of a stage.
    class Turn {
    public:
        Turn(AgentLoop& loop, const AgentState& agent) noexcept;
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn();

    private:
        AgentLoop& loop_;
        StepTables* tables_;
        const FactoredModel* before_ = nullptr;
    };

    void set_prior(const AgentState& agent) noexcept;

    [[nodiscard]] const FactoredModel& model_of(const AgentState& agent) const noexcept {
        return agent.own ? agent.own->model : *model_;
    }

    const FactoredModel* model_; // shared by agents without tensors of their own
    AgentOptions options_;
    std::uint64_t attended_ = 0; // identity of the tensors that the loop's tables are of
    KeptLikelihoods likelihoods_;
    FixedPointIteration iteration_;
    ExpectedFreeEnergy efe_;
    DirichletLearner learner_;
    std::vector<Outcome> observed_;
    Beliefs prior_;
    std::vector<double> posterior_;
    Beliefs actions_;
};

} // namespace assay::active_inference
