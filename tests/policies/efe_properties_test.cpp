#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/policies/policy_fault.hpp"
#include "active_inference/policies/policy_posterior.hpp"
#include "active_inference/random_model.hpp"
#include "random_policies.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

bool same_bits(std::span<const double> a, std::span<const double> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

constexpr StateGain kGains[] = {StateGain::factorised, StateGain::joint, StateGain::none};

// Factor 0 with modality 0, factor 1 with modality 1, and nothing between them.
FactoredModel decoupled(std::uint64_t seed) {
    return random_model({.state_counts = {3, 4},
                         .action_counts = {2, 3},
                         .outcome_counts = {4, 2},
                         .likelihood_factors = {{0}, {1}}},
                        seed);
}

FactoredModel only_factor(const FactoredModel& model, std::size_t f) {
    FactoredModel one;
    one.state_counts = {model.state_counts[f]};
    one.action_counts = {model.action_counts[f]};
    one.outcome_counts = {model.outcome_counts[f]};
    one.transition_factors = {{0}};
    one.likelihood_factors = {{0}};
    one.transitions = {model.transitions[f]};
    one.likelihoods = {model.likelihoods[f]};
    return one;
}

Beliefs only_belief(const Beliefs& q, std::size_t f) {
    const std::size_t counts[] = {q[f].size()};
    Beliefs one(counts);
    std::ranges::copy(q[f], one[0].begin());
    return one;
}

} // namespace

TEST_CASE("values and parts are bit for bit the same with the cache on and off") {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        const std::size_t horizon = 1 + seed % 3;
        FactoredModel model = random_policies(seed, horizon);
        if (PolicySpace(model.action_counts, horizon).size() > 1000) {
            model = random_policies(seed, 1);
        }
        const DirichletCounts counts = random_counts(model, seed);
        EfeOptions options{.horizon = 1,
                           .state_gain = kGains[seed % 2],
                           .likelihood_gain = seed % 5 == 0,
                           .transition_gain = seed % 7 == 0};
        options.horizon = PolicySpace(model.action_counts, horizon).size() > 1000 ? 1 : horizon;
        REQUIRE(!policy_fault(model, options.horizon));
        ExpectedFreeEnergy on(model, &counts, options);
        options.cache = false;
        ExpectedFreeEnergy off(model, &counts, options);
        for (std::uint64_t call = 0; call < 2; ++call) {
            const Beliefs q = random_beliefs(model, seed + call);
            REQUIRE(on.evaluate(q));
            REQUIRE(off.evaluate(q));
            CHECK(same_bits(on.values(), off.values()));
            for (std::size_t policy = 0; policy < on.parts().size(); ++policy) {
                CHECK(on.parts()[policy] == off.parts()[policy]);
                CHECK(std::isfinite(on.values()[policy]));
            }
        }
    }
}

TEST_CASE("information about states is never negative beyond the floors") {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        const FactoredModel model = random_policies(seed, 1);
        const Beliefs q = random_beliefs(model, seed);
        for (const StateGain gain : kGains) {
            ExpectedFreeEnergy efe(model, nullptr, {.state_gain = gain});
            REQUIRE(efe.evaluate(q));
            for (const EfeParts& parts : efe.parts()) {
                CHECK(parts.state_gain >= -1e-6);
                CHECK(parts.utility <= 0);
            }
        }
    }
}

TEST_CASE("one-step values of factors that share nothing add up") {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        const FactoredModel model = decoupled(seed);
        const Beliefs q = random_beliefs(model, seed);
        ExpectedFreeEnergy both(model, nullptr, {});
        REQUIRE(both.evaluate(q));
        const FactoredModel models[] = {only_factor(model, 0), only_factor(model, 1)};
        ExpectedFreeEnergy first(models[0], nullptr, {});
        ExpectedFreeEnergy second(models[1], nullptr, {});
        REQUIRE(first.evaluate(only_belief(q, 0)));
        REQUIRE(second.evaluate(only_belief(q, 1)));
        for (std::size_t policy = 0; policy < both.policies().size(); ++policy) {
            const double sum = first.values()[both.policies().action(policy, 0, 0)] +
                               second.values()[both.policies().action(policy, 0, 1)];
            CHECK(std::abs(both.values()[policy] - sum) <= 1e-12);
        }
    }
}

TEST_CASE("the joint gain of one modality is the factorised one") {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        const FactoredModel model = random_model({.state_counts = {3, 1, 2},
                                                  .action_counts = {2, 1, 2},
                                                  .outcome_counts = {4},
                                                  .sharpness = 4},
                                                 seed);
        const Beliefs q = random_beliefs(model, seed);
        ExpectedFreeEnergy joint(model, nullptr, {.state_gain = StateGain::joint});
        ExpectedFreeEnergy factorised(model, nullptr, {});
        REQUIRE(joint.evaluate(q));
        REQUIRE(factorised.evaluate(q));
        for (std::size_t policy = 0; policy < joint.values().size(); ++policy) {
            CHECK(std::abs(joint.values()[policy] - factorised.values()[policy]) <= 1e-12);
        }
    }
}

TEST_CASE("a policy's value is that of the sequence of beliefs it leads to") {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        CAPTURE(seed);
        const FactoredModel model = random_policies(seed, 2);
        const Beliefs q = random_beliefs(model, seed);
        ExpectedFreeEnergy efe(model, nullptr, {.horizon = 2});
        REQUIRE(efe.evaluate(q));
        std::vector<Beliefs> states(2, Beliefs(model.state_counts));
        std::vector<Beliefs> outcomes(2, Beliefs(model.outcome_counts));
        const std::size_t policy = efe.policies().size() / 2;
        efe.forecast(q, policy, states, outcomes);
        CHECK(efe.of_sequence(states).value() == efe.values()[policy]);
        for (const Beliefs* beliefs : {&states[1], &outcomes[1]}) {
            for (std::size_t i = 0; i < beliefs->size(); ++i) {
                double sum = 0;
                for (const double probability : (*beliefs)[i]) {
                    CHECK(probability >= 0);
                    sum += probability;
                }
                CHECK(std::abs(sum - 1) <= 1e-12);
            }
        }
    }
}

TEST_CASE("a certain state is told nothing and a mirror of the state tells all") {
    FactoredModel model;
    model.state_counts = {4};
    model.action_counts = {1};
    model.outcome_counts = {4};
    model.transition_factors = {{0}};
    model.likelihood_factors = {{0}};
    model.likelihoods = {{{4, 4}, {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}}};
    model.transitions = {{{4, 4, 1}, model.likelihoods[0].data}};
    ExpectedFreeEnergy efe(model, nullptr, {.utility = false});
    Beliefs q(model.state_counts);
    REQUIRE(efe.evaluate(q));
    CHECK(efe.values()[0] == doctest::Approx(std::log(4.0)).epsilon(1e-6));
    std::ranges::fill(q[0], 0.0);
    q[0][2] = 1;
    REQUIRE(efe.evaluate(q));
    CHECK(std::abs(efe.values()[0]) <= 1e-6);
}

TEST_CASE("a modality that sees no factor and a preference for one outcome are worth the outcome") {
    FactoredModel model;
    model.state_counts = {1};
    model.action_counts = {1};
    model.outcome_counts = {2};
    model.transition_factors = {{0}};
    model.likelihood_factors = {{}};
    model.likelihoods = {{{2}, {0.25, 0.75}}};
    model.transitions = {{{1, 1, 1}, {1}}};
    model.preferences = {{{2, 2}, {0, 1, 0, 0}}};
    ExpectedFreeEnergy efe(model, nullptr, {.horizon = 2, .state_gain = StateGain::none});
    REQUIRE(efe.evaluate(Beliefs(model.state_counts)));
    const double second = std::log(std::exp(1.0) + 1);
    CHECK(efe.values()[0] ==
          doctest::Approx(std::log(0.5) + 0.25 * (1 - second) - 0.75 * second).epsilon(1e-12));
}

TEST_CASE("parameter gains are the enumerated sums of what each count would learn") {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        CAPTURE(seed);
        const FactoredModel model =
            random_model({.state_counts = {3}, .action_counts = {2}, .outcome_counts = {4}}, seed);
        const DirichletCounts counts = random_counts(model, seed);
        const Beliefs q = random_beliefs(model, seed);
        ExpectedFreeEnergy efe(model, &counts, {.likelihood_gain = true, .transition_gain = true});
        REQUIRE(efe.evaluate(q));
        std::vector<Beliefs> next(1, Beliefs(model.state_counts));
        std::vector<Beliefs> outcomes(1, Beliefs(model.outcome_counts));
        // 1 / count - 1 / the column's counts, of every entry that lies `stride` from the next row.
        const auto expected = [](std::span<const double> data,
                                 std::span<const double> rows,
                                 std::span<const double> columns,
                                 std::size_t stride,
                                 std::size_t offset) {
            double gain = 0;
            for (std::size_t column = 0; column < columns.size(); ++column) {
                double sum = 0;
                for (std::size_t row = 0; row < rows.size(); ++row) {
                    sum += data[(row * columns.size() + column) * stride + offset];
                }
                for (std::size_t row = 0; row < rows.size(); ++row) {
                    const double count = data[(row * columns.size() + column) * stride + offset];
                    gain += rows[row] * columns[column] * (1 / count - 1 / sum);
                }
            }
            return gain;
        };
        for (std::size_t action = 0; action < 2; ++action) {
            efe.forecast(q, action, next, outcomes);
            const EfeParts& parts = efe.parts()[action];
            const double a = expected(counts.likelihoods[0].data, outcomes[0][0], next[0][0], 1, 0);
            const double b = expected(counts.transitions[0].data, next[0][0], q[0], 2, action);
            CHECK(std::abs(parts.likelihood_gain - a) <= 1e-9 * std::abs(a));
            CHECK(std::abs(parts.transition_gain - b) <= 1e-9 * std::abs(b));
        }
    }
}
