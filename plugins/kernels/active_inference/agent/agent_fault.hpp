// Finds the first thing that is wrong with what an agent is asked to do, so that a suite can refuse
// it at its edge.
//
//   if (auto fault = agent_fault(model, options)) { refuse(*fault); }
//
// Pure functions. The model itself must be without fault (model_fault.hpp).
#pragma once

#include "active_inference/agent/agent_options.hpp"
#include "active_inference/agent/agent_state.hpp"
#include "active_inference/model.hpp"

#include <optional>
#include <string>

namespace assay::active_inference {

// What, and what was expected: policies, precision, rates, and what the caches can take.
[[nodiscard]] std::optional<std::string> agent_fault(const FactoredModel& model,
                                                     const AgentOptions& options);

// Whether the agent has counts for what the options make it learn.
[[nodiscard]] std::optional<std::string> learning_fault(const AgentState& agent,
                                                        const AgentOptions& options);

} // namespace assay::active_inference
