// Random policies, contexts and edits that use everything a rule can: all operators and types,
// conjunctions, ties, NaN, what is missing. For checks, not for timing.
//
//   RandomRules random(seed);
//   PolicySet set(random.policies(30));
//   const Context context = random.context(set.vocabulary());
//   random.edit(set);
//
// One thread.
#pragma once

#include "context.hpp"
#include "policy.hpp"
#include "policy_set.hpp"
#include "random_source/random_source.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace assay::policy_decision {

class RandomRules {
public:
    explicit RandomRules(std::uint64_t seed) noexcept
        : random_(seed) {}

    [[nodiscard]] std::vector<Policy> policies(std::size_t count);
    [[nodiscard]] Policy policy(std::string id);
    [[nodiscard]] Context context(Vocabulary& vocabulary);

    // Adds, replaces, or changes the status of one policy.
    void edit(PolicySet& set);

private:
    [[nodiscard]] Condition condition();
    [[nodiscard]] Rule rule();
    [[nodiscard]] double number();

    RandomSource random_;
};

} // namespace assay::policy_decision
