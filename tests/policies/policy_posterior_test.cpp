#include "active_inference/policies/policy_posterior.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <vector>

using namespace assay::active_inference;

namespace {

struct RandomPolicies {
    std::vector<double> values, prior, free_energy;

    explicit RandomPolicies(std::uint64_t seed) {
        assay::RandomSource random(seed);
        const std::size_t count = 1 + random.below(40);
        double sum = 0;
        for (std::size_t policy = 0; policy < count; ++policy) {
            values.push_back(20 * random.unit() - 15);
            free_energy.push_back(10 * random.unit());
            prior.push_back(policy > 0 && random.below(4) == 0 ? 0 : 0.01 + random.unit());
            sum += prior.back();
        }
        for (double& probability : prior) {
            probability /= sum;
        }
    }
};

} // namespace

TEST_CASE("a constant added to the values changes no posterior") {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        RandomPolicies one(seed);
        std::vector<double> before(one.values.size());
        std::vector<double> after(one.values.size());
        const PolicyPosteriorOptions options{
            .gamma = 4, .free_energy = one.free_energy, .prior = one.prior};
        policy_posterior(one.values, options, before);
        for (double& value : one.values) {
            value += 7.25;
        }
        policy_posterior(one.values, options, after);
        for (std::size_t policy = 0; policy < before.size(); ++policy) {
            CHECK(std::abs(after[policy] - before[policy]) <= 1e-12);
        }
        CHECK(std::abs(std::accumulate(after.begin(), after.end(), 0.0) - 1) <= 1e-12);
    }
}

TEST_CASE("without precision the posterior is the prior") {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        const RandomPolicies one(seed);
        std::vector<double> posterior(one.values.size());
        policy_posterior(one.values, {.gamma = 0, .prior = one.prior}, posterior);
        for (std::size_t policy = 0; policy < posterior.size(); ++policy) {
            CHECK(std::abs(posterior[policy] - one.prior[policy]) <= 1e-12);
        }
        policy_posterior(one.values, {.gamma = 1e-14}, posterior);
        for (const double probability : posterior) {
            CHECK(std::abs(probability - 1 / static_cast<double>(posterior.size())) <= 1e-12);
        }
    }
}

TEST_CASE("a policy's free energy counts against it") {
    const std::vector<double> values{1, 1};
    const std::vector<double> free_energy{0, std::log(3.0)};
    std::vector<double> posterior(2);
    policy_posterior(values, {.gamma = 16, .free_energy = free_energy}, posterior);
    CHECK(posterior[0] == doctest::Approx(0.75).epsilon(1e-12));
}

TEST_CASE("a policy of prior 0 is left to the floor of the logarithm") {
    const std::vector<double> values{0, 0};
    const std::vector<double> prior{1, 0};
    std::vector<double> posterior(2);
    policy_posterior(values, {.gamma = 1, .prior = prior}, posterior);
    CHECK(posterior[0] == doctest::Approx(1));
    CHECK(posterior[1] > 0);
    CHECK(posterior[1] < 1e-15);
}

TEST_CASE("an action's probability is that of the policies that begin with it") {
    const std::vector<std::size_t> counts{2, 2};
    const PolicySpace policies(counts, 2);
    std::vector<double> posterior(16, 0.0);
    posterior[0] = 0.125; // first step: actions 0, 0
    posterior[5] = 0.375; // 0, 1
    posterior[10] = 0.25; // 1, 0
    posterior[15] = 0.25; // 1, 1
    Beliefs actions(counts);
    action_marginals(policies, posterior, actions);
    CHECK(actions[0][0] == 0.5);
    CHECK(actions[0][1] == 0.5);
    CHECK(actions[1][0] == 0.375);
    CHECK(actions[1][1] == 0.625);
    std::vector<std::size_t> chosen(2);
    choose_actions(actions, chosen);
    CHECK(chosen == std::vector<std::size_t>{0, 1});
}

TEST_CASE("actions closer than the tie go to the lowest number, others do not") {
    const std::vector<std::size_t> counts{3};
    Beliefs actions(counts);
    std::vector<std::size_t> chosen(1);
    actions[0][0] = 0.2;
    actions[0][1] = 0.4 - 4e-9;
    actions[0][2] = 0.4 + 4e-9;
    choose_actions(actions, chosen);
    CHECK(chosen[0] == 1);
    actions[0][1] = 0.4 - 1e-7;
    choose_actions(actions, chosen);
    CHECK(chosen[0] == 2);
}
