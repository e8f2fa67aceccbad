#include "decision_path.hpp"

#include "policy_decision/compiled_evaluator.hpp"
#include "policy_decision/indexed_evaluator.hpp"
#include "policy_decision/naive_evaluator.hpp"

namespace assay::policy {

namespace pd = policy_decision;

void add_impl_axis(assay::family_builder family) {
    family.axis("impl", {"naive", "compiled", "indexed", "cached"})
        .help("attributes by name and all rules, a flat table, rules found by threshold, decisions "
              "kept")
        .variant("naive");
}

DecisionPath path_of(const assay::params& params) {
    const std::string impl = params.str("impl");
    if (impl == "naive") {
        return DecisionPath::naive;
    }
    if (impl == "compiled") {
        return DecisionPath::compiled;
    }
    if (impl == "indexed") {
        return DecisionPath::indexed;
    }
    if (impl == "cached") {
        return DecisionPath::cached;
    }
    throw assay::config_error("impl=" + impl + ": expected naive, compiled, indexed or cached");
}

std::size_t count_of(const assay::params& params, const std::string& axis, std::size_t most) {
    const std::int64_t value = params.i64(axis);
    if (value < 1 || static_cast<std::uint64_t>(value) > most) {
        throw assay::config_error(axis + "=" + std::to_string(value) +
                                  ": expected a whole number from 1 to " + std::to_string(most));
    }
    return static_cast<std::size_t>(value);
}

DecisionPoint::DecisionPoint(DecisionPath path, const pd::PolicySet& set) {
    switch (path) {
    case DecisionPath::naive:
        evaluator_ = std::make_unique<pd::NaiveEvaluator>(set);
        return;
    case DecisionPath::compiled:
        evaluator_ = std::make_unique<pd::CompiledEvaluator>(set);
        return;
    case DecisionPath::indexed:
        evaluator_ = std::make_unique<pd::IndexedEvaluator>(set);
        return;
    case DecisionPath::cached:
        break;
    }
    auto cached =
        std::make_unique<pd::CachedEvaluator>(set, pd::CacheOptions{.entries = kCacheEntries});
    cache_ = cached.get();
    evaluator_ = std::move(cached);
}

} // namespace assay::policy
