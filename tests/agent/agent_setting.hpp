// Models, observations and runs that the tests of agents share. Pure functions.
#pragma once

#include "active_inference/agent/agent.hpp"
#include "active_inference/model.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::test {

// Two factors of 5 and 4 states, two modalities over both, 3 x 2 actions; preferences and priors.
active_inference::FactoredModel grid_model(std::uint64_t seed);

// Counts of everything: the model's tensors, scaled.
active_inference::DirichletCounts counts_of(const active_inference::FactoredModel& model,
                                            double scale);

// An outcome per modality and step: [step * modalities + m].
std::vector<active_inference::Outcome>
outcome_stream(const active_inference::FactoredModel& model, std::size_t steps, std::uint64_t seed);

// What an agent was in every step, number by number.
struct AgentTrace {
    std::vector<double> beliefs, values, posteriors;
    std::vector<std::size_t> actions;

    void add(const active_inference::AgentState& agent, const active_inference::AgentLoop& loop);
};

void step_once(active_inference::AgentLoop& loop,
               active_inference::AgentState& agent,
               active_inference::Observation observation);

// All steps of a stream of two modalities.
AgentTrace trace_of(active_inference::AgentLoop& loop,
                    active_inference::AgentState& agent,
                    std::span<const active_inference::Outcome> stream);

[[nodiscard]] bool same_bits(std::span<const double> a, std::span<const double> b) noexcept;
[[nodiscard]] bool same_bits(const AgentTrace& a, const AgentTrace& b) noexcept;

} // namespace assay::test
