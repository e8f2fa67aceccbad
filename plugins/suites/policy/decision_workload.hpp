// Policies and requests of a given size, with a given share of requests that violate something.
//
//   const DecisionWorkload workload({.policies = 1000, .attributes = 20, .violation_rate = 0.01},
//   seed); PolicySet set(workload.policies()); std::vector<Context> contexts =
//   workload.contexts(set.vocabulary());
//
// Attributes are numbers, truths and texts (three, one, one of five). A policy has one rule: the
// first condition holds in no ordinary request, and a third of them have a second, which most
// requests meet. One of twenty policies is suspended. Pure; any thread.
#pragma once

#include "policy_decision/context.hpp"
#include "policy_decision/policy.hpp"
#include "random_source/random_source.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace assay::policy {

inline constexpr std::size_t kRequests = 200;

struct WorkloadShape {
    std::size_t policies = 0, attributes = 0;
    double violation_rate = 0; // share of the 200 requests
};

class DecisionWorkload {
public:
    DecisionWorkload(const WorkloadShape& shape, std::uint64_t seed);

    [[nodiscard]] const std::vector<policy_decision::Policy>& policies() const noexcept {
        return policies_;
    }

    // Those that violate are spread evenly.
    [[nodiscard]] std::vector<policy_decision::Context>
    contexts(policy_decision::Vocabulary& words) const;

    [[nodiscard]] std::size_t violating() const noexcept; // of them

    [[nodiscard]] bool is_violating(std::size_t request) const noexcept;

private:
    [[nodiscard]] policy_decision::Policy policy(std::size_t number, RandomSource& random) const;
    void violate(policy_decision::Context& context, RandomSource& random) const;

    WorkloadShape shape_;
    std::uint64_t seed_;
    std::vector<policy_decision::Policy> policies_;
};

} // namespace assay::policy
