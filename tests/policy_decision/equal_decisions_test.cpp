#include "all_evaluators.hpp"
#include "policy_decision/random_rules.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

using namespace assay::policy_decision;
using policy_decision_test::AllEvaluators;

TEST_CASE("every way decides as the naive one does over random sets and contexts and edits") {
    std::size_t violated = 0, blocked = 0, decisions = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        RandomRules random(seed);
        PolicySet set(random.policies(seed % 23));
        AllEvaluators all(set);
        std::vector<Context> contexts;
        for (int i = 0; i < 12; ++i) {
            contexts.push_back(random.context(set.vocabulary()));
        }
        for (int edits = 0; edits < 8; ++edits) {
            for (int twice = 0; twice < 2; ++twice) {
                for (const Context& context : contexts) {
                    const Decision expected = all.naive.decide(context);
                    for (auto& [name, evaluator] : all.others) {
                        CAPTURE(seed);
                        CAPTURE(name);
                        REQUIRE(evaluator->decide(context) == expected);
                    }
                    violated += expected.compliant ? 0 : 1;
                    blocked += expected.blocked ? 1 : 0;
                    ++decisions;
                }
            }
            random.edit(set);
        }
    }
    // The inputs are no foregone conclusion.
    CHECK(violated > decisions / 4);
    CHECK(violated < decisions);
    CHECK(blocked > decisions / 20);
    CHECK(blocked < violated);
}

TEST_CASE("the type of a policy changes no decision") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        RandomRules random(seed);
        std::vector<Policy> policies = random.policies(15);
        std::vector<Policy> others = policies;
        for (Policy& policy : others) {
            policy.type = static_cast<PolicyType>((static_cast<int>(policy.type) + 1) % 6);
        }
        PolicySet set(std::move(policies)), other_set(std::move(others));
        AllEvaluators all(set), other(other_set);
        for (int i = 0; i < 20; ++i) {
            const Context context = random.context(set.vocabulary());
            Context same(other_set.vocabulary());
            for (const auto& [name, value] : context.named()) {
                same.set(name, value);
            }
            REQUIRE(all.naive.decide(context) == other.naive.decide(same));
            for (std::size_t way = 0; way < all.others.size(); ++way) {
                REQUIRE(all.others[way].second->decide(context) ==
                        other.others[way].second->decide(same));
            }
        }
    }
}

TEST_CASE("any number of lanes over one set decides the same") {
    RandomRules random(5);
    PolicySet set(random.policies(40));
    std::vector<Context> contexts;
    for (int i = 0; i < 200; ++i) {
        contexts.push_back(random.context(set.vocabulary()));
    }
    const auto decide_all = [&](std::vector<Decision>& decisions) {
        CachedEvaluator cached(set, {.entries = 64});
        for (const Context& context : contexts) {
            decisions.push_back(cached.decide(context));
        }
    };
    std::vector<Decision> alone;
    decide_all(alone);
    std::vector<std::vector<Decision>> lanes(4);
    {
        std::vector<std::jthread> threads;
        for (std::vector<Decision>& decisions : lanes) {
            threads.emplace_back([&] { decide_all(decisions); });
        }
    }
    for (const std::vector<Decision>& decisions : lanes) {
        CHECK(decisions == alone);
    }
}

TEST_CASE("10 000 policies of one priority are evaluated in the order of their ids") {
    std::vector<Policy> policies;
    assay::RandomSource random(3);
    for (int i = 0; i < 10'000; ++i) {
        const std::string digits = std::to_string(10'000 + i);
        policies.push_back(
            {.id = "p" + digits, .rules = {{.conditions = {{"on", Op::equal, true}}}}});
    }
    for (std::size_t i = policies.size() - 1; i > 0; --i) {
        std::swap(policies[i], policies[random.below(static_cast<std::uint32_t>(i + 1))]);
    }
    PolicySet set(std::move(policies));
    AllEvaluators all(set);
    Context context(set.vocabulary());
    context.set("on", true);
    const Decision decision = all.naive.decide(context);
    REQUIRE(decision.violations.size() == 10'000);
    CHECK(std::ranges::is_sorted(decision.violations, {}, [&](const Violation& violation) {
        return set.policy(violation.policy).id;
    }));
    for (auto& [name, evaluator] : all.others) {
        CAPTURE(name);
        CHECK(evaluator->decide(context) == decision);
    }
}
