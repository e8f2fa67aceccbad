// The variant axis of all families: which way decisions are made.
//
//   add_impl_axis(family);
//   const DecisionPath path = path_of(params);
//   DecisionPoint point(path, set);
//   point.decide(context);
//
// One thread for each point.
#pragma once

#include "policy_decision/cached_evaluator.hpp"
#include "policy_decision/evaluator.hpp"

#include <assay/suite.hpp>

#include <memory>
#include <string>

namespace assay::policy {

enum class DecisionPath { naive, compiled, indexed, cached };

inline constexpr std::size_t kCacheEntries = 4096;

void add_impl_axis(assay::family_builder family);

// Throws assay::config_error.
[[nodiscard]] DecisionPath path_of(const assay::params& params);

// A whole number on an axis; throws assay::config_error outside of 1 to `most`.
[[nodiscard]] std::size_t
count_of(const assay::params& params, const std::string& axis, std::size_t most);

class DecisionPoint {
public:
    DecisionPoint(DecisionPath path, const policy_decision::PolicySet& set);

    [[nodiscard]] const policy_decision::Decision& decide(const policy_decision::Context& context) {
        return evaluator_->decide(context);
    }

    // Nothing where the path keeps no decisions.
    [[nodiscard]] const policy_decision::CachedEvaluator* cache() const noexcept { return cache_; }

private:
    std::unique_ptr<policy_decision::Evaluator> evaluator_;
    const policy_decision::CachedEvaluator* cache_ = nullptr;
};

} // namespace assay::policy
