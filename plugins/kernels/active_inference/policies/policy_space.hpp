// All policies of a horizon: the Cartesian product of the factors' actions over time. The first
// step is the slowest digit, and within a step the first factor, so that policies with the same
// first steps stand next to each other.
//
//   const PolicySpace policies({4, 1}, 3);          // 64 policies
//   policies.action(17, 0, 0);                      // of policy 17, step 0, factor 0
//
// Immutable after construction; any number of threads may read.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay::active_inference {

// More than this many are refused: a G for each would take longer than anyone waits.
inline constexpr std::size_t kMaxPolicies = std::size_t{1} << 20;

// What is wrong with asking for these policies, with their number; nothing if nothing is.
[[nodiscard]] std::optional<std::string>
policy_space_fault(std::span<const std::size_t> action_counts, std::size_t horizon);

class PolicySpace {
public:
    // Throws std::length_error with the fault.
    PolicySpace(std::span<const std::size_t> action_counts, std::size_t horizon);

    // Number of policies.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    [[nodiscard]] std::size_t horizon() const noexcept { return later_.size(); }

    [[nodiscard]] std::size_t factors() const noexcept { return actions_.size(); }

    [[nodiscard]] std::size_t action_count(std::size_t factor) const noexcept {
        return actions_[factor].count;
    }

    [[nodiscard]] std::size_t
    action(std::size_t policy, std::size_t step, std::size_t factor) const noexcept {
        return policy / later_[step] / actions_[factor].stride % actions_[factor].count;
    }

    // The first step at which a policy differs from the one before it: what comes earlier is known
    // to who goes through them in order.
    [[nodiscard]] std::size_t first_new_step(std::size_t policy) const noexcept;

private:
    struct Actions {
        std::size_t count, stride;
    };

    std::vector<Actions> actions_;   // by factor
    std::vector<std::size_t> later_; // by step: number of ways to continue after it
    std::size_t size_ = 0;
};

} // namespace assay::active_inference
