#include "decision_case.hpp"

#include "decision_metrics.hpp"
#include "policy_decision/naive_evaluator.hpp"

#include <algorithm>
#include <cstdio>

namespace assay::policy {

namespace pd = policy_decision;

namespace {

constexpr std::size_t kPoliciesMost = 100'000, kAttributesMost = 1000;
constexpr std::size_t kVerifyRules =
    500'000; // that the naive evaluator judges for ordinary requests

WorkloadShape shape_of(const assay::params& params) {
    const double rate = params.f64("violation_rate");
    if (!(rate >= 0 && rate <= 1)) {
        char text[32];
        std::snprintf(text, sizeof text, "%g", rate);
        throw assay::config_error("violation_rate=" + std::string(text) +
                                  ": expected a number from 0 to 1");
    }
    return {.policies = count_of(params, "policies", kPoliciesMost),
            .attributes = count_of(params, "attributes", kAttributesMost),
            .violation_rate = rate};
}

std::string config_of(const assay::params& params) {
    char rate[32];
    std::snprintf(rate, sizeof rate, "%.17g", params.f64("violation_rate"));
    return config_text(params,
                       "\"policies\":" + std::to_string(params.i64("policies")) +
                           ",\"attributes\":" + std::to_string(params.i64("attributes")) +
                           ",\"violation_rate\":" + rate);
}

} // namespace

void add_decisions(assay::suite& suite) {
    assay::family_builder family = suite.independent<DecisionCase>("decisions");
    family.help("decisions about a ring of 200 requests, one each; the cache is warm")
        .tags("policy");
    family.axis("policies", {4, 10, 100, 1000, 10000})
        .unit("{policy}")
        .help("one of twenty is suspended")
        .quick({10, 1000});
    family.axis("attributes", {5, 20, 100})
        .unit("{attribute}")
        .help("of a request")
        .quick({20})
        .standard({20});
    family.axis("violation_rate", {0.0, 0.01, 0.2})
        .help("share of the requests that violate at least one policy")
        .quick({0.01})
        .standard({0.01, 0.2});
    add_impl_axis(family);
    family.metric("decisions", "{decision}/s", higher, assay::rate).help("decisions / seconds");
    add_decision_metrics(family);
}

void add_latency(assay::suite& suite) {
    assay::family_builder family = suite.latency<LatencyCase>("latency");
    family.help("the duration of every decision: percentiles").tags("policy");
    family.axis("policies", {10, 100, 1000, 10000})
        .unit("{policy}")
        .help("one of twenty is suspended")
        .quick({1000})
        .standard({10, 1000});
    family.axis("attributes", {20, 100})
        .unit("{attribute}")
        .help("of a request")
        .quick({20})
        .standard({20});
    family.axis("violation_rate", {0.01, 0.2})
        .help("share of the requests that violate at least one policy")
        .quick({0.01})
        .standard({0.01});
    add_impl_axis(family);
    add_decision_metrics(family);
}

DecisionCase::DecisionCase(const assay::params& params)
    : config_(config_of(params))
    , path_(path_of(params))
    , workload_(shape_of(params), params.seed())
    , set_(workload_.policies())
    , contexts_(workload_.contexts(set_.vocabulary()))
    , point_(path_, set_)
    , seed_(params.seed()) {
    for (const pd::Context& context : contexts_) {
        (void)point_.decide(context); // room for its violations, and the cache is warm
    }
}

void DecisionCase::verify(assay::context& host) {
    host.attach("config.json", "application/json", config_);
    std::uint64_t compared = verify_random_sets(path_, seed_);
    pd::NaiveEvaluator naive(set_);
    const std::size_t ordinary = std::clamp<std::size_t>(kVerifyRules / set_.size(), 20, kRequests);
    for (std::size_t i = 0; i < contexts_.size(); ++i) {
        const bool violates = workload_.is_violating(i);
        if (i >= ordinary && !violates) {
            continue;
        }
        const std::string asked = "the decision about request " + std::to_string(i);
        const pd::Decision& expected = naive.decide(contexts_[i]);
        check_equal(point_.decide(contexts_[i]), expected, asked);
        if (expected.compliant == violates) {
            throw assay::wrong_result(asked + (violates ? " found no violation" : " found one"));
        }
        ++compared;
    }
    host.metric("decisions_verified", static_cast<double>(compared));
}

void DecisionCase::prepare(assay::batch&) {
    at_ = 0;
    sum_ = 0;
    violated_ = 0;
    before_ = counts_of(point_);
}

bool DecisionCase::report(const assay::batch& batch, assay::context& host) {
    if (batch.is_warmup() || batch.done() == 0) {
        return false;
    }
    host.metric("requests", static_cast<double>(batch.done()));
    host.metric("violated", static_cast<double>(violated_));
    report_cache(host, point_, before_);
    return true;
}

void DecisionCase::finish(assay::batch& batch, assay::context& host) {
    if (report(batch, host)) {
        host.metric("decisions", static_cast<double>(batch.done()));
    }
}

} // namespace assay::policy
