// The loop of an agent that smooths: each step it infers, under every policy, the trajectory of
// hidden states over the last observations and over what the policy plans, by marginal message
// passing (factorised form, also for models whose modalities see everything).
//   prior    D until the window is full,
//            then sum_pi q_pi (first belief of the last window under pi)
//   policies G over the last horizon + 1 beliefs, then softmax(gamma G - F + ln(E + eps))
//   action   the most probable one of each factor
//
//   WindowAgent agent(model, {.window = 3, .horizon = 2});
//   agent.infer_states(observation);
//   agent.evaluate_policies();
//   agent.choose_action();
//   agent.chosen();
//
// It does not learn: its solver copies the tensors. The model must be without fault and outlive
// the agent. One thread at a time. A step allocates nothing.
#pragma once

#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/trajectories/policy_trajectories.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::active_inference {

struct WindowAgentOptions {
    std::size_t window = 1;  // observations it looks back on
    std::size_t horizon = 1; // steps of a policy
    double gamma = 16;
    std::size_t iterations = 10;
    double step_size = 0.25; // tau
};

class WindowAgent {
public:
    // Throws std::invalid_argument for an empty window, std::length_error for too many policies.
    WindowAgent(const FactoredModel& model, WindowAgentOptions options);

    // An observation without fault (observation_fault.hpp); soft outcomes stay as long as they are
    // in the window. False if cancelled.
    bool infer_states(Observation observation, const CancelCheck& cancelled = {}) noexcept;

    void evaluate_policies();
    void choose_action() noexcept;

    [[nodiscard]] const PolicySpace& policies() const noexcept { return efe_.policies(); }

    // By policy: F, and the beliefs from the window's first step to the policy's last.
    [[nodiscard]] double free_energy(std::size_t policy) const noexcept {
        return free_energies_[policy];
    }

    [[nodiscard]] std::span<const Beliefs> trajectory(std::size_t policy) const noexcept {
        return trajectories_.trajectory(policy);
    }

    [[nodiscard]] std::span<const double> values() const noexcept { return values_; }

    [[nodiscard]] std::span<const double> posterior() const noexcept { return posterior_; }

    [[nodiscard]] std::span<const std::size_t> chosen() const noexcept { return chosen_; }

    [[nodiscard]] const TrajectoryWork& work() const noexcept { return trajectories_.work(); }

private:
    void look(Observation observation) noexcept;
    void carry_prior() noexcept;

    const FactoredModel* model_;
    WindowAgentOptions options_;
    ExpectedFreeEnergy efe_;
    PolicyTrajectories trajectories_;
    std::vector<std::size_t> plans_; // [policy][step][factor]
    std::size_t steps_ = 0;          // begun
    std::vector<Outcome> outcomes_;  // of the window, step by step
    std::vector<std::size_t> taken_; // between its steps
    Beliefs prior_;
    std::vector<double> free_energies_, values_, posterior_;
    Beliefs actions_;
    std::vector<std::size_t> chosen_;
};

} // namespace assay::active_inference
