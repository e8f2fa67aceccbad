#include "active_inference/policies/policy_space.hpp"

#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace assay::active_inference {
namespace {

// Exact below 2^53, far above the limit; beyond that the leading digits are all anyone needs.
std::string count_text(double count) {
    char text[64];
    std::snprintf(text, sizeof text, count < 1e15 ? "%.0f" : "%.3g", count);
    return text;
}

} // namespace

std::optional<std::string> policy_space_fault(std::span<const std::size_t> action_counts,
                                              std::size_t horizon) {
    if (horizon == 0) {
        return "policies of horizon 0, expected at least one step";
    }
    double per_step = 1;
    for (const std::size_t count : action_counts) {
        if (count == 0) {
            return "a factor has 0 actions, expected at least 1";
        }
        per_step *= static_cast<double>(count);
    }
    const double all = std::pow(per_step, static_cast<double>(horizon));
    const bool too_many = all > static_cast<double>(kMaxPolicies);
    // With a single action there is one policy of any length: the steps need a limit of their own.
    if (too_many || horizon > kMaxPolicies) {
        return count_text(all) + " policies of " + std::to_string(horizon) +
               " steps, expected at most " + std::to_string(kMaxPolicies) +
               " of each; shorten the horizon or give the factors fewer actions";
    }
    return std::nullopt;
}

PolicySpace::PolicySpace(std::span<const std::size_t> action_counts, std::size_t horizon) {
    if (auto fault = policy_space_fault(action_counts, horizon)) {
        throw std::length_error(*fault);
    }
    std::size_t per_step = 1;
    actions_.resize(action_counts.size());
    for (std::size_t factor = action_counts.size(); factor-- > 0;) {
        actions_[factor] = {action_counts[factor], per_step};
        per_step *= action_counts[factor];
    }
    size_ = 1;
    later_.resize(horizon);
    for (std::size_t step = horizon; step-- > 0;) {
        later_[step] = size_;
        size_ *= per_step;
    }
}

std::size_t PolicySpace::first_new_step(std::size_t policy) const noexcept {
    if (policy == 0) {
        return 0;
    }
    // Counting up by one carries into a digit exactly when all later digits return to 0.
    std::size_t step = 0;
    while (step + 1 < later_.size() && policy % later_[step] != 0) {
        ++step;
    }
    return step;
}

} // namespace assay::active_inference
