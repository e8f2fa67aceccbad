#include "decision_workload.hpp"
#include "policy_decision/naive_evaluator.hpp"

#include <doctest/doctest.h>

using namespace assay::policy;
namespace pd = assay::policy_decision;

TEST_CASE("exactly the share of requests that was asked for violates something") {
    for (const std::size_t policies : {1, 4, 10, 300}) {
        for (const std::size_t attributes : {1, 5, 20}) {
            for (const double rate : {0.0, 0.01, 0.2, 1.0}) {
                CAPTURE(policies);
                CAPTURE(attributes);
                CAPTURE(rate);
                const DecisionWorkload workload(
                    {.policies = policies, .attributes = attributes, .violation_rate = rate}, 7);
                pd::PolicySet set(workload.policies());
                pd::NaiveEvaluator naive(set);
                const std::vector<pd::Context> contexts = workload.contexts(set.vocabulary());
                REQUIRE(contexts.size() == kRequests);
                std::size_t violating = 0;
                for (std::size_t i = 0; i < contexts.size(); ++i) {
                    const bool violates = !naive.decide(contexts[i]).compliant;
                    CHECK(violates == workload.is_violating(i));
                    violating += violates ? 1 : 0;
                    CHECK(contexts[i].named().size() == attributes);
                }
                CHECK(violating == workload.violating());
                CHECK(violating == static_cast<std::size_t>(rate * 200 + 0.5));
            }
        }
    }
}

TEST_CASE("equal seeds give equal policies and another seed gives others") {
    const WorkloadShape shape{.policies = 40, .attributes = 20, .violation_rate = 0.2};
    const DecisionWorkload one(shape, 1), again(shape, 1), other(shape, 2);
    std::size_t differing = 0;
    for (std::size_t i = 0; i < shape.policies; ++i) {
        const pd::Condition& a = one.policies()[i].rules.front().conditions.front();
        const pd::Condition& b = again.policies()[i].rules.front().conditions.front();
        const pd::Condition& c = other.policies()[i].rules.front().conditions.front();
        CHECK(a.attribute == b.attribute);
        CHECK(a.operand == b.operand);
        differing += a.attribute == c.attribute && a.operand == c.operand ? 0 : 1;
    }
    CHECK(differing > 20);
}

TEST_CASE("one policy of twenty is suspended and a third has two conditions at most") {
    const DecisionWorkload workload({.policies = 1000, .attributes = 20, .violation_rate = 0}, 3);
    std::size_t suspended = 0, joint = 0;
    for (const pd::Policy& policy : workload.policies()) {
        suspended += policy.status == pd::PolicyStatus::suspended ? 1 : 0;
        joint += policy.rules.front().conditions.size() == 2 ? 1 : 0;
    }
    CHECK(suspended == 50);
    CHECK(joint > 100);
    CHECK(joint < 334);
}
