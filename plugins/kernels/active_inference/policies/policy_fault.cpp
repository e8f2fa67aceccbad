#include "active_inference/policies/policy_fault.hpp"

#include "active_inference/policies/policy_space.hpp"

#include <cmath>
#include <string>
#include <utility>

namespace assay::active_inference {
namespace {

using MaybeFault = std::optional<ModelFault>;

MaybeFault fault_at(std::string name, std::vector<std::size_t> index, const std::string& what) {
    std::string message = name + (index.empty() ? "" : shape_text(index)) + ": " + what;
    return ModelFault{std::move(name), std::move(index), std::move(message)};
}

MaybeFault preference_fault(const FactoredModel& model, std::size_t m, std::size_t horizon) {
    const Tensor& preference = model.preferences[m];
    const std::string name = "C[" + std::to_string(m) + "]";
    const std::size_t outcomes = model.outcome_counts[m];
    const std::vector<std::size_t>& shape = preference.shape;
    const bool by_outcome = shape.size() == 1 && shape[0] == outcomes;
    const bool by_step = shape.size() == 2 && shape[0] == outcomes && shape[1] >= horizon;
    const auto count = element_count(shape);
    if ((!by_outcome && !by_step) || !count || *count != preference.data.size()) {
        return fault_at(name,
                        {},
                        "has shape " + shape_text(shape) + " and " +
                            std::to_string(preference.data.size()) + " numbers, expected [" +
                            std::to_string(outcomes) + "] or [" + std::to_string(outcomes) +
                            ", steps] with at least " + std::to_string(horizon) + " steps");
    }
    for (std::size_t flat = 0; flat < preference.data.size(); ++flat) {
        if (!std::isfinite(preference.data[flat])) {
            return fault_at(name, unravel(shape, flat), "is not finite, expected a log preference");
        }
    }
    return std::nullopt;
}

MaybeFault policy_prior_fault(const FactoredModel& model, std::size_t policies) {
    const std::vector<double>& prior = model.policy_prior;
    if (prior.empty()) {
        return std::nullopt;
    }
    if (prior.size() != policies) {
        return fault_at("E",
                        {},
                        "has " + std::to_string(prior.size()) +
                            " entries, expected one for each "
                            "of " +
                            std::to_string(policies) + " policies");
    }
    double sum = 0;
    for (std::size_t policy = 0; policy < prior.size(); ++policy) {
        if (!std::isfinite(prior[policy]) || prior[policy] < 0) {
            return fault_at("E", {policy}, "is no probability");
        }
        sum += prior[policy];
    }
    if (std::abs(sum - 1) > kColumnSumTolerance) {
        return fault_at("E", {}, "sums to " + std::to_string(sum) + ", expected 1 within 1e-9");
    }
    return std::nullopt;
}

} // namespace

std::optional<ModelFault> policy_fault(const FactoredModel& model, std::size_t horizon) {
    if (auto fault = policy_space_fault(model.action_counts, horizon)) {
        return fault_at("policies", {}, *fault);
    }
    if (!model.preferences.empty() && model.preferences.size() != model.outcome_counts.size()) {
        return fault_at("preferences",
                        {},
                        "has " + std::to_string(model.preferences.size()) + " entries, expected " +
                            std::to_string(model.outcome_counts.size()));
    }
    for (std::size_t m = 0; m < model.preferences.size(); ++m) {
        if (auto fault = preference_fault(model, m, horizon)) {
            return fault;
        }
    }
    return policy_prior_fault(model, PolicySpace(model.action_counts, horizon).size());
}

} // namespace assay::active_inference
