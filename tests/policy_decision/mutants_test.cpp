// Mistakes of the system that this replaces, as doubles: the properties must catch them.
#include "all_evaluators.hpp"
#include "policy_decision/fundamental_policies.hpp"
#include "policy_decision/random_rules.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace assay::policy_decision;

namespace {

// Runs checks of risk for policies of type safety alone.
Decision decided_by_type(const PolicySet& set, const Context& context) {
    std::vector<Policy> policies;
    for (std::uint32_t number = 0; number < set.size(); ++number) {
        Policy policy = set.policy(number);
        if (policy.type != PolicyType::safety) {
            std::erase_if(policy.rules, [](const Rule& rule) {
                return rule.conditions.front().attribute == "risk_level";
            });
        }
        policies.push_back(std::move(policy));
    }
    PolicySet seen(std::move(policies));
    Context same(seen.vocabulary());
    for (const auto& [name, value] : context.named()) {
        same.set(name, value);
    }
    return NaiveEvaluator(seen).decide(same);
}

// Keys on the type of the action and a hash of what is no field of the action.
class ForgetfulCache {
public:
    explicit ForgetfulCache(const PolicySet& set)
        : naive_(set) {}

    const Decision& decide(const Context& context) {
        std::map<std::string, Value> key;
        for (const auto& [name, value] : context.named()) {
            if (name == "action.type" || !name.starts_with("action.")) {
                key.emplace(name, value);
            }
        }
        const auto found = decisions_.find(key);
        return found != decisions_.end()
                   ? found->second
                   : decisions_.emplace(std::move(key), naive_.decide(context)).first->second;
    }

private:
    NaiveEvaluator naive_;
    std::map<std::map<std::string, Value>, Decision> decisions_;
};

// How many of the requests, the second of each pair with another action, are decided wrongly.
template <typename Cache>
int wrong_decisions(Cache& cache, PolicySet& set, std::uint64_t seed) {
    NaiveEvaluator naive(set);
    RandomRules random(seed);
    assay::RandomSource numbers(seed);
    int wrong = 0;
    for (int i = 0; i < 100; ++i) {
        Context context = random.context(set.vocabulary());
        wrong += cache.decide(context) == naive.decide(context) ? 0 : 1;
        context.set("action.risk", numbers.unit());
        context.set("action.reversible", numbers.below(2) == 0);
        wrong += cache.decide(context) == naive.decide(context) ? 0 : 1;
    }
    return wrong;
}

} // namespace

TEST_CASE("the limit of risk holds for the core safety policy though its type is fundamental") {
    PolicySet set(fundamental_policies());
    CHECK(set.policy(set.number_of("core-safety")).type == PolicyType::fundamental);
    Context context(set.vocabulary());
    context.set("risk_level", 0.85);
    policy_decision_test::AllEvaluators all(set);
    CHECK(all.naive.decide(context).blocked);
    for (auto& [name, evaluator] : all.others) {
        CAPTURE(name);
        CHECK(evaluator->decide(context).blocked);
    }
    CHECK(decided_by_type(set, context).compliant); // the mistake: never evaluated
}

TEST_CASE("a cache that keys without fields of the action is caught and ours is not") {
    int wrong = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        PolicySet set(RandomRules(seed).policies(20));
        ForgetfulCache forgetful(set);
        wrong += wrong_decisions(forgetful, set, seed);
        CachedEvaluator cached(set);
        CHECK(wrong_decisions(cached, set, seed) == 0);
    }
    CHECK(wrong > 100);
}
