// What one agent keeps from step to step: beliefs, actions, and, if it has any, tensors of its own.
// Everything else is workspace and belongs to the loop that runs it (agent_loop.hpp), so that a
// thousand agents take little more than a thousand times their tensors.
//
//   AgentState one(model);                           // thinks with the loop's model
//   AgentState two(model, AgentTensors(model));      // has its own copy
//   AgentState three(model, AgentTensors(counts, model)); // ... and learns it
//   two.bytes();
//
// Moved, not copied. One thread at a time, any thread between two steps.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/learning/dirichlet_counts.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/step_tables.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace assay::active_inference {

struct AgentTensors {
    // A copy.
    explicit AgentTensors(const FactoredModel& from);
    // Starts with the counts' expectations for A and B.
    AgentTensors(DirichletCounts start, const FactoredModel& from);

    std::uint64_t identity; // no other tensors of this process have it
    FactoredModel model;
    DirichletCounts counts;
    std::optional<StepTables> tables; // AgentLoop::keep_tables
};

struct AgentState {
    explicit AgentState(const FactoredModel& model);
    AgentState(const FactoredModel& model, AgentTensors tensors);

    // All memory of the agent, this object included. A model that it shares is not its memory.
    [[nodiscard]] std::size_t bytes() const noexcept;
    // Of that, the entries of its tensors and counts.
    [[nodiscard]] std::size_t tensor_bytes() const noexcept;

    std::uint64_t steps = 0; // begun
    Beliefs q;
    Beliefs before;                  // of the step before
    Beliefs first;                   // of the first step, once there was one
    std::vector<std::size_t> taken;  // led to the present beliefs; one action per factor
    std::vector<std::size_t> chosen; // taken next
    std::unique_ptr<AgentTensors> own;
};

} // namespace assay::active_inference
