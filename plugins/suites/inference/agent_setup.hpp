// What the families of agents share: the axis `caches`, the observations that agents make, and
// agents that are born from a model.
//
//   const AgentCaches caches = agent_caches(params.str("caches"));
//   const ObservationPool pool(observations_of(params, model, kObservationsOfAgents));
//   loop.infer_states(agent, pool.seen_by(3, round));
//
// Plain values; pure functions.
#pragma once

#include "active_inference/agent/agent_loop.hpp"
#include "model_axis.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace assay::inference {

// off, likelihoods, transitions, intermediates or all. Throws config_error for another.
[[nodiscard]] active_inference::AgentCaches agent_caches(const std::string& name);

inline constexpr std::size_t kObservationsOfAgents = 64;

// Agents learn everything they can at rate 1.
inline constexpr active_inference::LearningRates kLearning{.likelihoods = 1, .transitions = 1};

// Has its own tensors; with counts, ten of each probability, if it learns.
[[nodiscard]] active_inference::AgentState
owning_agent(const active_inference::FactoredModel& model, bool learns);

// Observations drawn beforehand, so that a step only looks one up.
class ObservationPool {
public:
    // Not empty; soft outcomes live elsewhere.
    explicit ObservationPool(std::vector<std::vector<active_inference::Outcome>> observations)
        : observations_(std::move(observations)) {}

    // What agent number `agent` observes in its `round`-th step: of these two alone, so that it
    // does not matter who else is there.
    [[nodiscard]] active_inference::Observation seen_by(std::size_t agent,
                                                        std::uint64_t round) const noexcept {
        return observations_[(agent * 7 + round) % observations_.size()];
    }

private:
    std::vector<std::vector<active_inference::Outcome>> observations_;
};

} // namespace assay::inference
