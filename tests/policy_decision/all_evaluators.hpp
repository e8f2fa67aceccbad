// Every way to decide, over one set.
//
//   AllEvaluators all(set);
//   for (auto& [name, evaluator] : all.others) { CHECK(evaluator->decide(c) ==
//   all.naive.decide(c)); }
//
// One thread.
#pragma once

#include "policy_decision/cached_evaluator.hpp"
#include "policy_decision/compiled_evaluator.hpp"
#include "policy_decision/indexed_evaluator.hpp"
#include "policy_decision/naive_evaluator.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace policy_decision_test {

struct AllEvaluators {
    explicit AllEvaluators(const assay::policy_decision::PolicySet& set)
        : naive(set) {
        namespace pd = assay::policy_decision;
        others.emplace_back("compiled", std::make_unique<pd::CompiledEvaluator>(set));
        others.emplace_back("indexed", std::make_unique<pd::IndexedEvaluator>(set));
        others.emplace_back("cached", std::make_unique<pd::CachedEvaluator>(set));
        others.emplace_back(
            "cached, 4 entries",
            std::make_unique<pd::CachedEvaluator>(set, pd::CacheOptions{.entries = 4}));
        const pd::CacheOptions bad{.digest = [](pd::KeyWords) { return std::uint64_t{7}; }};
        others.emplace_back("cached, one digest for all",
                            std::make_unique<pd::CachedEvaluator>(set, bad));
    }

    assay::policy_decision::NaiveEvaluator naive;
    std::vector<std::pair<std::string, std::unique_ptr<assay::policy_decision::Evaluator>>> others;
};

} // namespace policy_decision_test
