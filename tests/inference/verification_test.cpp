// Verification must see a solver that is wrong: every check is fed right results and wrong ones.
#include "active_inference/policies/expected_free_energy.hpp"
#include "active_inference/policies/plain_expected_free_energy.hpp"
#include "active_inference/random_model.hpp"
#include "efe_verification.hpp"
#include "fpi_verification.hpp"
#include "sophisticated_verification.hpp"
#include "trajectory_verification.hpp"

#include <assay/errors.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace verification_test {

using namespace assay::inference;
namespace ai = assay::active_inference;

namespace {

// Two modalities, one of which sees the second factor alone; where it is asked for, the second
// factor depends on both.
ai::FactoredModel two_factors(bool coupled) {
    return ai::random_model({.state_counts = {4, 3},
                             .action_counts = {3, 2},
                             .outcome_counts = {4, 3},
                             .transition_factors = coupled
                                                       ? std::vector<ai::FactorList>{{0}, {1, 0}}
                                                       : std::vector<ai::FactorList>{{0}, {1}},
                             .likelihood_factors = {{0, 1}, {1}}},
                            7);
}

InferenceProblem one_observation() {
    InferenceProblem problem{two_factors(false), {{{.index = 1}, {.index = 2}}}, {}};
    problem.prior = ai::prior_beliefs(problem.model);
    return problem;
}

constexpr ai::Schedule kSchedulesOfSweeps[] = {
    ai::Schedule::sequential, ai::Schedule::parallel, ai::Schedule::parallel_damped};

ai::Beliefs inferred(const InferenceProblem& problem, ai::Schedule schedule, std::size_t sweeps) {
    ai::StateInference infer(problem.model,
                             {.schedule = schedule, .max_sweeps = sweeps, .tolerance = 0});
    ai::Beliefs q(problem.model.state_counts);
    (void)infer(problem.observations[0], problem.prior, q);
    return q;
}

std::uint64_t swept(const InferenceProblem& problem,
                    ai::Schedule schedule,
                    const BeliefsAfter& after,
                    std::size_t visits = 1'000'000) {
    return check_sweeps(problem, 0, {.schedule = schedule}, 10, after, visits);
}

WindowProblem window_of_five(bool coupled) {
    WindowProblem problem;
    problem.model = two_factors(coupled);
    problem.prior = ai::prior_beliefs(problem.model);
    problem.prior[0][0] = 0.4; // of four states
    problem.prior[0][1] = 0.1;
    problem.lengths = {.observed = 3, .horizon = 2};
    for (const std::size_t outcome : {1, 2, 0, 1, 3, 0}) {
        problem.window.push_back({.index = outcome % 3});
    }
    problem.taken = {0, 1, 2, 0};
    problem.planned = {1, 1, 0, 0};
    return problem;
}

// A solver that takes the problem for another one.
template <class Solver, class Options>
RoundsAfter solver_of(const WindowProblem& problem, Options options) {
    return [&problem, options](std::size_t rounds) mutable {
        options.iterations = rounds;
        Solver solver(problem.model, problem.lengths, options);
        RoundsFound found{.trajectory = solver.trajectory()};
        solver.observe(problem.window);
        solver.set_prior(problem.prior);
        found.free_energy = solver.infer(problem.actions(), found.trajectory).free_energy;
        return found;
    };
}

RoundsAfter marginal(const WindowProblem& problem, const ai::MarginalMessageOptions& options) {
    return solver_of<ai::MarginalMessagePassing>(problem, options);
}

std::uint64_t marginal_check(const WindowProblem& problem,
                             const ai::MarginalMessageOptions& options,
                             const RoundsAfter& after) {
    return check_rounds(problem, 10, after, [&](std::span<ai::Beliefs> trajectory) {
        return plain_marginal_round(problem, options, trajectory);
    });
}

std::uint64_t variational_check(const WindowProblem& problem,
                                const ai::VariationalMessageOptions& options,
                                const RoundsAfter& after) {
    return check_rounds(problem, 16, after, [&](std::span<ai::Beliefs> trajectory) {
        return plain_variational_round(problem, options, trajectory);
    });
}

// Transitions that tell nothing of where one came from: no message from the future.
WindowProblem without_future(WindowProblem problem) {
    for (ai::Tensor& b : problem.model.transitions) {
        std::ranges::fill(b.data, 1.0 / static_cast<double>(b.shape[0]));
    }
    return problem;
}

} // namespace

TEST_CASE("every sweep of fixed-point iteration is that of the plain loops") {
    const InferenceProblem problem = one_observation();
    for (const ai::Schedule schedule : kSchedulesOfSweeps) {
        const auto after = [&](std::size_t n) { return inferred(problem, schedule, n); };
        CHECK(swept(problem, schedule, after) == 10 * 7);
        CHECK(swept(problem, schedule, after, 1) == 7); // no time: the first sweep alone
    }
}

TEST_CASE("a solver that ignores the observation, the schedule or the prior is wrong") {
    const InferenceProblem problem = one_observation();
    InferenceProblem sure = problem;
    sure.prior[0][0] = 0.7;
    sure.prior[0][1] = 0;
    for (const ai::Schedule schedule : kSchedulesOfSweeps) {
        const auto prior = [&](std::size_t) { return problem.prior; };
        CHECK_THROWS_AS(swept(problem, schedule, prior), assay::wrong_result);
        const auto uniform = [&](std::size_t n) { return inferred(problem, schedule, n); };
        CHECK_THROWS_AS(swept(sure, schedule, uniform), assay::wrong_result);
        const auto other = [&](std::size_t n) {
            return inferred(problem,
                            schedule == ai::Schedule::parallel ? ai::Schedule::sequential
                                                               : ai::Schedule::parallel,
                            n);
        };
        CHECK_THROWS_AS(swept(problem, schedule, other), assay::wrong_result);
        const auto stands_still = [&](std::size_t n) {
            return inferred(problem, schedule, std::min<std::size_t>(n, 2));
        };
        CHECK_THROWS_AS(swept(problem, schedule, stands_still), assay::wrong_result);
    }
}

TEST_CASE("rounds of marginal message passing are those of the plain loops") {
    for (const bool coupled : {false, true}) {
        const WindowProblem problem = window_of_five(coupled);
        const ai::MarginalMessageOptions factorised, plain{.form = ai::MessageForm::plain};
        CHECK(marginal_check(problem, factorised, marginal(problem, factorised)) ==
              2 * (5 * 7 + 1));
        if (!coupled) {
            CHECK(marginal_check(problem, plain, marginal(problem, plain)) == 2 * (5 * 7 + 1));
        }
    }
}

TEST_CASE("messages that are missing, of another form or another step are wrong") {
    const WindowProblem problem = window_of_five(false);
    const WindowProblem blind = without_future(problem);
    WindowProblem unseen = problem, elsewhere = problem, open_minded = problem;
    open_minded.prior = ai::Beliefs(problem.model.state_counts);
    unseen.window[5].index = 1; // the last observation
    elsewhere.planned[2] = 2;   // the last action
    const ai::MarginalMessageOptions options, plain{.form = ai::MessageForm::plain};
    for (const WindowProblem& other : {blind, unseen, elsewhere, open_minded}) {
        CHECK_THROWS_AS(marginal_check(problem, options, marginal(other, options)),
                        assay::wrong_result);
    }
    CHECK_THROWS_AS(marginal_check(problem, options, marginal(problem, plain)),
                    assay::wrong_result);
    const auto wrong_energy = [&](std::size_t rounds) {
        RoundsFound found = marginal(problem, options)(rounds);
        found.free_energy += 1e-6;
        return found;
    };
    CHECK_THROWS_AS(marginal_check(problem, options, wrong_energy), assay::wrong_result);
    const auto stuck = [&](std::size_t rounds) {
        return marginal(problem, options)(std::min<std::size_t>(rounds, 3));
    };
    CHECK_THROWS_AS(marginal_check(problem, options, stuck), assay::wrong_result);
}

TEST_CASE("rounds of variational message passing are those of the plain loops and no others") {
    for (const bool coupled : {false, true}) {
        for (const ai::ParallelRule rule : {ai::ParallelRule::vmp, ai::ParallelRule::mmp}) {
            const WindowProblem problem = window_of_five(coupled);
            const WindowProblem blind = without_future(problem);
            const ai::VariationalMessageOptions options{.rule = rule};
            const auto solver =
                solver_of<ai::VariationalMessagePassing, ai::VariationalMessageOptions>;
            CHECK(variational_check(problem, options, solver(problem, options)) == 2 * 5 * 7);
            CHECK_THROWS_AS(variational_check(problem, options, solver(blind, options)),
                            assay::wrong_result);
            ai::VariationalMessageOptions other = options;
            other.rule =
                rule == ai::ParallelRule::vmp ? ai::ParallelRule::mmp : ai::ParallelRule::vmp;
            CHECK_THROWS_AS(variational_check(problem, options, solver(problem, other)),
                            assay::wrong_result);
        }
    }
}

TEST_CASE("a column of C is what is preferred in its step") {
    // The state is seen; action 0 keeps it, action 1 turns it. The other state is wanted first,
    // then this one: turning twice gets both, keeping neither.
    ai::FactoredModel model =
        ai::random_model({.state_counts = {2}, .action_counts = {2}, .outcome_counts = {2}}, 1);
    model.likelihoods = {{{2, 2}, {1, 0, 0, 1}}};
    model.transitions = {{{2, 2, 2}, {1, 0, 0, 1, 0, 1, 1, 0}}};
    model.preferences = {{{2, 2}, {0, 3, 3, 0}}};
    ai::Beliefs q(model.state_counts);
    q[0][0] = 1;
    q[0][1] = 0;
    ai::ExpectedFreeEnergy efe(model, nullptr, {.horizon = 2});
    REQUIRE(efe.evaluate(q));
    const double wanted = -std::log1p(std::exp(-3.0)), unwanted = wanted - 3;
    // Policies keep-keep, keep-turn, turn-keep, turn-turn. The floors of the logarithms add 1e-7.
    const double expected[] = {
        unwanted + wanted, unwanted + unwanted, wanted + unwanted, 2 * wanted};
    for (std::size_t policy = 0; policy < 4; ++policy) {
        CAPTURE(policy);
        CHECK(efe.values()[policy] == doctest::Approx(expected[policy]).epsilon(1e-5));
        CHECK(ai::plain_expected_free_energy(model, efe.policies(), policy, q) ==
              doctest::Approx(expected[policy]).epsilon(1e-5));
    }
}

TEST_CASE("the plain expected free energy is that of the kernel, with preferences and parents") {
    ai::FactoredModel model = two_factors(true);
    model.preferences = {{{4}, {0, 1, -2, 0.5}}, {{3, 2}, {0, 1, 2, -1, 0.5, 0}}};
    const ai::Beliefs q = ai::prior_beliefs(model);
    ai::ExpectedFreeEnergy efe(model, nullptr, {.horizon = 2});
    REQUIRE(efe.evaluate(q));
    CHECK(check_values(model, efe.policies(), q, efe.values(), {.most = 100}) == 36);
}

TEST_CASE("a wrong value of any first action is seen among few policies") {
    const ai::FactoredModel model = two_factors(false);
    const ai::Beliefs q = ai::prior_beliefs(model);
    ai::ExpectedFreeEnergy efe(model, nullptr, {.horizon = 3});
    REQUIRE(efe.evaluate(q));
    const auto count = [&](std::span<const double> values, std::size_t turn) {
        return check_values(
            model, efe.policies(), q, values, {.most = 8, .turn = turn, .turns = 4});
    };
    for (std::size_t turn = 0; turn < 4; ++turn) {
        CHECK(count(efe.values(), turn) == 8);
        // As if every policy began with the first action.
        std::vector<double> values(efe.values().begin(), efe.values().end());
        for (std::size_t policy = 36; policy < values.size(); ++policy) {
            values[policy] = values[policy % 36];
        }
        CHECK_THROWS_AS(count(values, turn), assay::wrong_result);
    }
}

TEST_CASE("a search is that of the plain recursion, and one that looks less far is not") {
    for (const bool coupled : {false, true}) {
        const ai::FactoredModel model = two_factors(coupled);
        const ai::Beliefs q = ai::prior_beliefs(model);
        ai::SophisticatedSearch shallow(model, {.horizon = 1}), deep(model, {.horizon = 2});
        REQUIRE(shallow.evaluate(q));
        REQUIRE(deep.evaluate(q));
        CHECK(check_search(model, q, {.horizon = 2}, deep.values()) == 6);
        CHECK(check_search(model, q, {.horizon = 1}, shallow.values()) == 6);
        CHECK_THROWS_AS(check_search(model, q, {.horizon = 2}, shallow.values()),
                        assay::wrong_result);
        ai::SophisticatedSearch hasty(model, {.horizon = 2, .sweeps = 1});
        REQUIRE(hasty.evaluate(q));
        CHECK_THROWS_AS(check_search(model, q, {.horizon = 2}, hasty.values()),
                        assay::wrong_result);
    }
}

TEST_CASE("policies whose pruning rounding decides are left out of the comparison") {
    ai::FactoredModel model = two_factors(false); // 16 actions that all do the same
    model.action_counts = {16, 1};
    ai::Tensor& b = model.transitions[0];
    b = {{4, 4, 16}, std::vector<double>(256, 0.25)};
    model.transitions[1] = {{3, 3, 1}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
    const ai::Beliefs q = ai::prior_beliefs(model);
    const std::vector<double> anything(16, -1.0);
    CHECK(check_search(model, q, {.horizon = 2}, anything) == 0);
}

} // namespace verification_test
