#include "decision_metrics.hpp"

#include "decision_workload.hpp"
#include "policy_decision/naive_evaluator.hpp"
#include "policy_decision/random_rules.hpp"

#include <vector>

namespace assay::policy {

namespace pd = policy_decision;

void add_decision_metrics(assay::family_builder family) {
    family.metric("requests", "{decision}", no_direction, assay::sum)
        .help("decisions made in all recorded batches");
    family.metric("violated", "{decision}", no_direction, assay::sum)
        .help("decisions that found a violation");
    family.metric("violated_ratio", "1", no_direction, assay::ratio("violated", "requests"))
        .help("violated / requests: what the requests are, not how well they are decided");
    family.metric("cache_lookups", "{lookup}", no_direction, assay::sum)
        .help("decisions asked of the cache");
    family.metric("cache_hits", "{hit}", no_direction, assay::sum)
        .help("decisions that were still there, with an equal key");
    family.metric("cache_hit_ratio", "1", higher, assay::ratio("cache_hits", "cache_lookups"))
        .help("cache_hits / cache_lookups; unavailable without a cache");
    family.metric("decisions_verified", "{decision}", no_direction, assay::sum)
        .help("decisions that verification compared with the naive ones")
        .exact();
}

pd::CacheCounts counts_of(const DecisionPoint& point) noexcept {
    return point.cache() == nullptr ? pd::CacheCounts{} : point.cache()->counts();
}

void report_cache(assay::context& host, const DecisionPoint& point, const pd::CacheCounts& before) {
    if (point.cache() == nullptr) {
        return;
    }
    const pd::CacheCounts now = counts_of(point);
    host.metric("cache_lookups", static_cast<double>(now.lookups - before.lookups));
    host.metric("cache_hits", static_cast<double>(now.hits - before.hits));
}

void check_equal(const pd::Decision& found,
                 const pd::Decision& expected,
                 const std::string& asked) {
    if (found == expected) {
        return;
    }
    const auto text = [](const pd::Decision& decision) {
        return std::string(decision.blocked ? "blocked" : "not blocked") + " with " +
               std::to_string(decision.violations.size()) + " violations and " +
               std::to_string(decision.unknown_attributes) + " unknown attributes";
    };
    throw assay::wrong_result(asked + " is " + text(found) + ", expected " + text(expected) +
                              " as the naive evaluator says");
}

std::uint64_t verify_random_sets(DecisionPath path, std::uint64_t seed) {
    constexpr std::uint64_t kSets = 20;
    constexpr int kContexts = 10, kEdits = 6;
    std::uint64_t compared = 0;
    for (std::uint64_t number = 0; number < kSets; ++number) {
        pd::RandomRules random(seed + number);
        pd::PolicySet set(random.policies(number));
        DecisionPoint point(path, set);
        pd::NaiveEvaluator naive(set);
        std::vector<pd::Context> contexts;
        for (int i = 0; i < kContexts; ++i) {
            contexts.push_back(random.context(set.vocabulary()));
        }
        for (int edits = 0; edits <= kEdits; ++edits) {
            for (const pd::Context& context : contexts) {
                check_equal(point.decide(context),
                            naive.decide(context),
                            "a decision of random set " + std::to_string(number) + " after " +
                                std::to_string(edits) + " edits");
                ++compared;
            }
            random.edit(set);
        }
    }
    return compared;
}

std::string config_text(const assay::params& params, const std::string& own) {
    std::string text = "{" + own + ",\"impl\":\"" + params.str("impl") +
                       "\",\"requests\":" + std::to_string(kRequests) +
                       ",\"seed\":" + std::to_string(params.seed());
    if (path_of(params) == DecisionPath::cached) {
        text += ",\"cache_entries\":" + std::to_string(kCacheEntries) +
                ",\"cache_ways\":4,\"ttl_s\":1800,\"clock\":\"CLOCK_MONOTONIC_COARSE\"";
    }
    return text + "}";
}

} // namespace assay::policy
