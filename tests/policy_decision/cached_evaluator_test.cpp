#include "all_evaluators.hpp"
#include "allocation_count.hpp"
#include "policy_decision/fundamental_policies.hpp"
#include "policy_decision/random_rules.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace assay::policy_decision;
using policy_decision_test::AllEvaluators;

namespace {

thread_local std::chrono::nanoseconds told_time{}; // of the clock below

std::chrono::nanoseconds told_clock() {
    return told_time;
}

Context risky(PolicySet& set, double risk) {
    Context context(set.vocabulary());
    context.set("risk_level", risk);
    return context;
}

} // namespace

TEST_CASE("an equal request is a hit and any other attribute that is read a miss") {
    PolicySet set(fundamental_policies());
    CachedEvaluator cached(set);
    Context context = risky(set, 0.5);
    (void)cached.decide(context);
    (void)cached.decide(context);
    CHECK(cached.counts() == CacheCounts{.lookups = 2, .hits = 1});
    context.set("unread", 3.0); // by no policy
    (void)cached.decide(context);
    CHECK(cached.counts().hits == 2);
    context.set("consent", false); // is not: absent
    (void)cached.decide(context);
    CHECK(cached.counts().hits == 2);
    context.erase("consent");
    (void)cached.decide(context);
    CHECK(cached.counts().hits == 3);
    cached.clear();
    (void)cached.decide(context);
    CHECK(cached.counts() == CacheCounts{.lookups = 1});
}

TEST_CASE("zeros are one key and so are all NaN") {
    PolicySet set(fundamental_policies());
    CachedEvaluator cached(set);
    (void)cached.decide(risky(set, 0.0));
    (void)cached.decide(risky(set, -0.0));
    (void)cached.decide(risky(set, std::numeric_limits<double>::quiet_NaN()));
    (void)cached.decide(risky(set, -std::numeric_limits<double>::quiet_NaN()));
    CHECK(cached.counts() == CacheCounts{.lookups = 4, .hits = 2});
}

TEST_CASE("a decision is forgotten after 1800 s or when the clock was set back") {
    PolicySet set(fundamental_policies());
    told_time = std::chrono::hours(5);
    CachedEvaluator cached(set, {.clock = told_clock});
    const Context context = risky(set, 0.5);
    (void)cached.decide(context);
    told_time += std::chrono::seconds(1800) - std::chrono::nanoseconds(1);
    (void)cached.decide(context);
    CHECK(cached.counts().hits == 1);
    told_time += std::chrono::nanoseconds(1);
    (void)cached.decide(context);
    CHECK(cached.counts() == CacheCounts{.lookups = 3, .hits = 1, .expired = 1});
    (void)cached.decide(context);
    CHECK(cached.counts().hits == 2);
    told_time -= std::chrono::seconds(1);
    (void)cached.decide(context);
    CHECK(cached.counts().expired == 2);
}

TEST_CASE("no edit leaves an old decision behind") {
    PolicySet set(fundamental_policies());
    AllEvaluators all(set);
    const Context context = risky(set, 0.85);
    const auto check = [&](bool compliant) {
        for (auto& [name, evaluator] : all.others) {
            CAPTURE(name);
            CHECK(evaluator->decide(context).compliant == compliant);
            CHECK(evaluator->decide(context).compliant == compliant);
        }
    };
    check(false);
    set.set_status("core-safety", PolicyStatus::suspended);
    check(true);
    set.set_status("core-safety", PolicyStatus::active);
    check(false);
    Policy milder = set.policy(set.number_of("core-safety"));
    milder.rules.front().conditions.front().operand = 0.9;
    set.replace(milder);
    check(true);
    set.add({.id = "strict", .rules = {{.conditions = {{"risk_level", Op::greater, 0.1}}}}});
    check(false);
}

TEST_CASE("colliding digests cost hits and no wrong decision") {
    PolicySet set(fundamental_policies());
    CachedEvaluator cached(set, {.digest = [](KeyWords) { return std::uint64_t{0}; }});
    for (int i = 0; i < 40; ++i) {
        CHECK(cached.decide(risky(set, i % 2 == 0 ? 0.85 : 0.5)).compliant == (i % 2 != 0));
    }
    CHECK(cached.counts().hits == 38);
}

TEST_CASE("digests of keys that differ in one bit differ") {
    std::vector<std::uint64_t> key(103, 5);
    const std::uint64_t before = digest_of(key);
    for (std::size_t word = 0; word < key.size(); ++word) {
        for (int bit = 0; bit < 64; bit += 7) {
            key[word] ^= std::uint64_t{1} << bit;
            CHECK(digest_of(key) != before);
            key[word] ^= std::uint64_t{1} << bit;
        }
    }
}

TEST_CASE("a decision allocates nothing but by the naive way and in a miss") {
    RandomRules random(9);
    PolicySet set(random.policies(50));
    std::vector<Context> contexts;
    for (int i = 0; i < 50; ++i) {
        contexts.push_back(random.context(set.vocabulary()));
    }
    CompiledEvaluator compiled(set);
    IndexedEvaluator indexed(set);
    CachedEvaluator cached(set);
    for (Evaluator* evaluator : {static_cast<Evaluator*>(&compiled),
                                 static_cast<Evaluator*>(&indexed),
                                 static_cast<Evaluator*>(&cached)}) {
        for (const Context& context : contexts) {
            (void)evaluator->decide(context);
        }
        const std::uint64_t before = allocation_count();
        for (const Context& context : contexts) {
            (void)evaluator->decide(context);
        }
        CHECK(allocation_count() == before);
    }
    CHECK(cached.counts().hits >= 50);
}
