#include "active_inference/agent/agent_fault.hpp"

#include "active_inference/agent/kept_likelihoods.hpp"
#include "active_inference/policies/policy_fault.hpp"

#include <cmath>

namespace assay::active_inference {
namespace {

std::optional<std::string> number_fault(const char* name, double value) {
    if (std::isfinite(value) && value >= 0) {
        return std::nullopt;
    }
    return std::string(name) + " is " + std::to_string(value) +
           ", expected a finite number of at least 0";
}

} // namespace

std::optional<std::string> agent_fault(const FactoredModel& model, const AgentOptions& options) {
    if (const auto fault = policy_fault(model, options.horizon)) {
        return fault->message;
    }
    const LearningRates& rates = options.learning;
    for (const auto& [name, value] : {std::pair{"gamma", options.gamma},
                                      std::pair{"learning.likelihoods", rates.likelihoods},
                                      std::pair{"learning.transitions", rates.transitions},
                                      std::pair{"learning.priors", rates.priors}}) {
        if (auto fault = number_fault(name, value)) {
            return fault;
        }
    }
    const std::size_t modalities = model.outcome_counts.size();
    if (options.caches.likelihoods && modalities > KeptLikelihoods::kModalitiesMax) {
        return "the model has " + std::to_string(modalities) +
               " modalities, the cache of likelihoods expects at most " +
               std::to_string(KeptLikelihoods::kModalitiesMax) + ": switch it off";
    }
    return std::nullopt;
}

std::optional<std::string> learning_fault(const AgentState& agent, const AgentOptions& options) {
    const LearningRates& rates = options.learning;
    const auto missing = [&](const char* what, double rate, auto counts) {
        return rate > 0 && (!agent.own || (agent.own->counts.*counts).empty())
                   ? std::optional(std::string("the agent learns ") + what +
                                   " and has no counts of them: give it tensors of its own")
                   : std::nullopt;
    };
    if (auto fault = missing("likelihoods", rates.likelihoods, &DirichletCounts::likelihoods)) {
        return fault;
    }
    if (auto fault = missing("transitions", rates.transitions, &DirichletCounts::transitions)) {
        return fault;
    }
    return missing("priors", rates.priors, &DirichletCounts::priors);
}

} // namespace assay::active_inference
