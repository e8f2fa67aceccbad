// All policies of an agent: the same as each alone, without likelihoods computed again.
#include "active_inference/trajectories/chain_smoothing.hpp"
#include "active_inference/trajectories/policy_trajectories.hpp"
#include "active_inference/trajectories/variational_message_passing.hpp"
#include "allocation_count.hpp"
#include "random_window.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

const RandomModelOptions kAgent{.state_counts = {6, 4},
                                .action_counts = {3, 2},
                                .outcome_counts = {5, 4},
                                .transition_factors = {{0}, {0, 1}},
                                .likelihood_factors = {{0, 1}, {1}}};
constexpr std::size_t kPolicies = 36; // of two rows

std::vector<std::size_t> all_policies() {
    std::vector<std::size_t> policies;
    for (std::size_t policy = 0; policy < kPolicies; ++policy) {
        const std::size_t row[] = {policy / 12, policy / 6 % 2, policy / 2 % 3, policy % 2};
        policies.insert(policies.end(), std::begin(row), std::end(row));
    }
    return policies;
}

} // namespace

TEST_CASE("every policy beside others gets the bits that it gets alone") {
    const RandomWindow input(kAgent, {4, 2}, 11);
    const std::vector<std::size_t> policies = all_policies();
    for (const MessageUpdate update : {MessageUpdate::gradient, MessageUpdate::fixed_point}) {
        const MarginalMessageOptions options{.update = update};
        PolicyTrajectories all(input.model, input.lengths, kPolicies, options);
        REQUIRE(all.infer(input.window, input.prior, input.previous, policies));
        REQUIRE(all.infer(input.window, input.prior, input.previous, policies)); // and again
        for (std::size_t policy = 0; policy < kPolicies; ++policy) {
            MarginalMessagePassing alone(input.model, input.lengths, options);
            Trajectory trajectory = alone.trajectory();
            alone.observe(input.window);
            alone.set_prior(input.prior);
            const auto rows = std::span(policies).subspan(policy * 4, 4);
            const TrajectoryResult result = alone.infer({input.previous, rows}, trajectory);
            CHECK(result.free_energy == all[policy].free_energy);
            CHECK(std::ranges::equal(trajectory, all.trajectory(policy)));
        }
    }
}

TEST_CASE("a window that is still growing equals a solver made for its length") {
    const RandomWindow input(kAgent, {5, 2}, 3);
    const std::vector<std::size_t> policies = all_policies();
    PolicyTrajectories all(input.model, input.lengths, kPolicies);
    for (std::size_t observed = 1; observed <= 5; ++observed) {
        const auto window = std::span(input.window).first(observed * 2);
        const auto previous = std::span(input.previous).first((observed - 1) * 2);
        REQUIRE(all.infer(window, input.prior, previous, policies));
        PolicyTrajectories fitting(input.model, {observed, 2}, kPolicies);
        REQUIRE(fitting.infer(window, input.prior, previous, policies));
        for (std::size_t policy = 0; policy < kPolicies; ++policy) {
            CHECK(all.trajectory(policy).size() == observed + 2);
            CHECK(all[policy].free_energy == fitting[policy].free_energy);
            CHECK(std::ranges::equal(all.trajectory(policy), fitting.trajectory(policy)));
        }
    }
}

TEST_CASE("logarithms of likelihoods of one factor are taken once for all policies") {
    const RandomWindow input(
        {.state_counts = {7}, .action_counts = {2}, .outcome_counts = {3}}, {4, 1}, 1);
    const std::vector<std::size_t> policies{0, 1};
    const auto logarithms = [&](std::size_t count) {
        PolicyTrajectories all(input.model, input.lengths, count);
        const std::uint64_t before = all.work().logarithms;
        REQUIRE(all.infer(input.window, input.prior, input.previous, policies));
        return all.work().logarithms - before;
    };
    // 7 of the prior and 4 times 7 of the window; the rest is of each policy.
    CHECK(2 * (logarithms(1) - 5 * 7) == logarithms(2) - 5 * 7);
}

TEST_CASE("no solver over time allocates once it is made") {
    const RandomWindow input(kAgent, {4, 2}, 5);
    const RandomWindow chain(
        {.state_counts = {5}, .action_counts = {2}, .outcome_counts = {3}}, {4, 2}, 6);
    const std::vector<std::size_t> policies = all_policies();
    PolicyTrajectories gradient(input.model, input.lengths, kPolicies);
    PolicyTrajectories jumps(
        input.model, input.lengths, kPolicies, {.update = MessageUpdate::fixed_point});
    MarginalMessagePassing plain(chain.model, chain.lengths, {.form = MessageForm::plain});
    VariationalMessagePassing vmp(input.model, input.lengths, {.rule = ParallelRule::vmp});
    VariationalMessagePassing mmp(input.model, input.lengths, {.rule = ParallelRule::mmp});
    ChainSmoothing exact(chain.model, chain.lengths);
    Trajectory one = plain.trajectory();
    Trajectory two = vmp.trajectory();
    const CancelCheck never = [] { return false; };
    const std::uint64_t before = allocation_count();
    for (int turn = 0; turn < 3; ++turn) {
        (void)gradient.infer(input.window, input.prior, input.previous, policies, never);
        (void)jumps.infer(input.window, input.prior, input.previous, policies, never);
        plain.observe(chain.window);
        plain.set_prior(chain.prior);
        plain.infer(chain.actions(), one, never);
        exact.observe(chain.window);
        (void)exact.infer(chain.prior, chain.actions(), one);
        for (VariationalMessagePassing* solver : {&vmp, &mmp}) {
            solver->observe(input.window);
            solver->set_prior(input.prior);
            solver->infer(input.actions(), two, never);
        }
    }
    CHECK(allocation_count() == before);
}

TEST_CASE("cancelling is noticed before the next iteration and says how far it came") {
    const RandomWindow input(kAgent, {4, 2}, 7);
    int asked = 0;
    const CancelCheck third = [&] { return ++asked == 3; };
    MarginalMessagePassing marginal(input.model, input.lengths);
    Trajectory trajectory = marginal.trajectory();
    marginal.observe(input.window);
    marginal.set_prior(input.prior);
    TrajectoryResult result = marginal.infer(input.actions(), trajectory, third);
    CHECK(result.cancelled);
    CHECK(result.iterations == 2);
    CHECK(marginal.work().iterations == 2);

    asked = 0;
    VariationalMessagePassing parallel(input.model, input.lengths);
    parallel.observe(input.window);
    result = parallel.infer(input.actions(), trajectory, third);
    CHECK(result.cancelled);
    CHECK(result.iterations == 2);

    asked = 0;
    const std::vector<std::size_t> policies = all_policies();
    PolicyTrajectories all(input.model, input.lengths, kPolicies);
    CHECK_FALSE(all.infer(input.window, input.prior, input.previous, policies, third));
    CHECK(all[0].cancelled);
}
