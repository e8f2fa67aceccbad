#include "active_inference/state_inference/observation_fault.hpp"

#include "active_inference/model_fault.hpp"
#include "active_inference/number_text.hpp"

#include <cmath>

namespace assay::active_inference {
namespace {

std::optional<std::string>
soft_fault(const std::string& where, std::span<const double> soft, std::size_t outcomes) {
    if (soft.size() != outcomes) {
        return where + " has " + std::to_string(soft.size()) +
               " entries, expected one for each of " + std::to_string(outcomes) + " outcomes";
    }
    double sum = 0;
    for (std::size_t o = 0; o < outcomes; ++o) {
        if (!std::isfinite(soft[o]) || soft[o] < 0) {
            return where + "[" + std::to_string(o) + "] is " + number_text(soft[o]) +
                   ", expected a probability";
        }
        sum += soft[o];
    }
    if (std::abs(sum - 1) > kColumnSumTolerance) {
        return where + " sums to " + number_text(sum) + ", expected 1 within 1e-9";
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string> first_observation_fault(const FactoredModel& model,
                                                   Observation observation) {
    const std::size_t modalities = model.outcome_counts.size();
    if (observation.size() != modalities) {
        return "observation has " + std::to_string(observation.size()) +
               " entries, expected one for each of " + std::to_string(modalities) + " modalities";
    }
    for (std::size_t m = 0; m < modalities; ++m) {
        const std::string where = "observation[" + std::to_string(m) + "]";
        const std::size_t outcomes = model.outcome_counts[m];
        if (observation[m].is_soft()) {
            if (auto fault = soft_fault(where, observation[m].soft, outcomes)) {
                return fault;
            }
        } else if (observation[m].index >= outcomes) {
            return where + " is " + std::to_string(observation[m].index) +
                   ", expected an outcome below " + std::to_string(outcomes);
        }
    }
    return std::nullopt;
}

} // namespace assay::active_inference
