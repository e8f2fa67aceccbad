#include "active_inference/trajectories/window_fault.hpp"

#include "active_inference/number_text.hpp"

#include <cmath>
#include <string>

namespace assay::active_inference {

namespace {

using MaybeFault = std::optional<ModelFault>;

MaybeFault fault(std::string list, std::vector<std::size_t> index, const std::string& what) {
    std::string message = list;
    for (const std::size_t at : index) {
        message += "[" + std::to_string(at) + "]";
    }
    message += " " + what;
    return ModelFault{std::move(list), std::move(index), std::move(message)};
}

std::string entries_text(std::size_t found) {
    return "has " + std::to_string(found) + (found == 1 ? " entry" : " entries");
}

MaybeFault
length_fault(const FactoredModel& model, TrajectoryLengths lengths, const WindowInputs& inputs) {
    const std::size_t modalities = model.outcome_counts.size();
    const std::size_t factors = model.state_counts.size();
    const std::size_t window = inputs.window.size();
    if (inputs.prior.size() != factors) {
        return fault("prior",
                     {},
                     "is of " + std::to_string(inputs.prior.size()) + " factors, expected " +
                         std::to_string(factors));
    }
    if (modalities == 0 || window == 0 || window % modalities != 0 ||
        window / modalities > lengths.observed) {
        return fault("observations",
                     {},
                     entries_text(window) + ", expected 1 to " + std::to_string(lengths.observed) +
                         " steps of " + std::to_string(modalities));
    }
    const std::size_t previous = (window / modalities - 1) * factors;
    if (inputs.actions.previous.size() != previous) {
        return fault("previous_actions",
                     {},
                     entries_text(inputs.actions.previous.size()) + ", expected " +
                         std::to_string(previous) + ": one row of " + std::to_string(factors) +
                         " between every two observed steps");
    }
    if (inputs.actions.policy.size() % factors != 0 ||
        inputs.actions.policy.size() / factors > lengths.horizon) {
        return fault("policy",
                     {},
                     entries_text(inputs.actions.policy.size()) + ", expected at most " +
                         std::to_string(lengths.horizon) + " rows of " + std::to_string(factors));
    }
    return std::nullopt;
}

// A distribution of so many entries.
MaybeFault distribution_fault(const std::string& list,
                              std::vector<std::size_t> index,
                              std::span<const double> values,
                              std::size_t expected) {
    if (values.size() != expected) {
        return fault(list,
                     std::move(index),
                     entries_text(values.size()) + ", expected " + std::to_string(expected));
    }
    double sum = 0;
    for (std::size_t at = 0; at < values.size(); ++at) {
        if (!std::isfinite(values[at]) || values[at] < 0) {
            index.push_back(at);
            return fault(list,
                         std::move(index),
                         "is " + number_text(values[at]) + ", expected a probability");
        }
        sum += values[at];
    }
    if (std::abs(sum - 1) > kColumnSumTolerance) {
        return fault(
            list, std::move(index), "sums to " + number_text(sum) + ", expected 1 within 1e-9");
    }
    return std::nullopt;
}

MaybeFault outcome_fault(const FactoredModel& model, std::span<const Outcome> window) {
    const std::size_t modalities = model.outcome_counts.size();
    for (std::size_t at = 0; at < window.size(); ++at) {
        const std::vector<std::size_t> index{at / modalities, at % modalities};
        const std::size_t outcomes = model.outcome_counts[at % modalities];
        if (window[at].is_soft()) {
            if (auto found = distribution_fault("observations", index, window[at].soft, outcomes)) {
                return found;
            }
        } else if (window[at].index >= outcomes) {
            return fault("observations",
                         index,
                         "is " + std::to_string(window[at].index) + ", expected a number below " +
                             std::to_string(outcomes));
        }
    }
    return std::nullopt;
}

MaybeFault action_fault(const FactoredModel& model,
                        const std::string& list,
                        std::span<const std::size_t> actions) {
    const std::size_t factors = model.action_counts.size();
    for (std::size_t at = 0; at < actions.size(); ++at) {
        if (const std::size_t count = model.action_counts[at % factors]; actions[at] >= count) {
            return fault(list,
                         {at / factors, at % factors},
                         "is " + std::to_string(actions[at]) + ", expected a number below " +
                             std::to_string(count));
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<ModelFault>
window_fault(const FactoredModel& model, TrajectoryLengths lengths, const WindowInputs& inputs) {
    if (auto found = length_fault(model, lengths, inputs)) {
        return found;
    }
    for (std::size_t f = 0; f < model.state_counts.size(); ++f) {
        if (auto found = distribution_fault("prior", {f}, inputs.prior[f], model.state_counts[f])) {
            return found;
        }
    }
    if (auto found = outcome_fault(model, inputs.window)) {
        return found;
    }
    if (auto found = action_fault(model, "previous_actions", inputs.actions.previous)) {
        return found;
    }
    return action_fault(model, "policy", inputs.actions.policy);
}

} // namespace assay::active_inference
