#include "active_inference/logarithm.hpp"
#include "active_inference/trajectories/marginal_message_passing.hpp"
#include "random_window.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>
#include <string>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

Trajectory infer(MarginalMessagePassing& solver,
                 const RandomWindow& input,
                 std::span<const Outcome> window,
                 double* free_energy = nullptr) {
    Trajectory trajectory = solver.trajectory();
    solver.observe(window);
    solver.set_prior(input.prior);
    const TrajectoryResult result = solver.infer(input.actions(), trajectory);
    if (free_energy != nullptr) {
        *free_energy = result.free_energy;
    }
    return trajectory;
}

} // namespace

TEST_CASE(
    "a certain soft outcome is the outcome itself and an even one says what its mixture says") {
    for (const MessageForm form : {MessageForm::plain, MessageForm::factorised}) {
        for (const MessageUpdate update : {MessageUpdate::gradient, MessageUpdate::fixed_point}) {
            const RandomWindow input({.state_counts = {3, 2},
                                      .action_counts = {2, 2},
                                      .outcome_counts = {4, 2},
                                      .likelihood_factors = {{0, 1}, {1}}},
                                     {3, 2},
                                     4);
            std::vector<Outcome> soft = input.window;
            const double certain[] = {0, 0, 1, 0};
            soft[2] = {.soft = certain};
            std::vector<Outcome> hard = input.window;
            hard[2] = {.index = 2};
            MarginalMessagePassing solver(
                input.model, input.lengths, {.form = form, .update = update});
            CHECK(infer(solver, input, soft) == infer(solver, input, hard));
        }
    }
}

TEST_CASE("with one modality seen through one factor the two forms have the same past messages") {
    // Without a future the forms differ in nothing: no planned row, one observed step and the next.
    const RandomWindow input(
        {.state_counts = {4}, .action_counts = {2}, .outcome_counts = {3}}, {1, 1}, 8);
    MarginalMessagePassing plain(input.model, input.lengths, {.form = MessageForm::plain});
    MarginalMessagePassing factorised(input.model, input.lengths);
    double energies[2];
    CHECK(infer(plain, input, input.window, &energies[0]) ==
          infer(factorised, input, input.window, &energies[1]));
    CHECK(energies[0] == energies[1]);
}

TEST_CASE("one fixed-point update of one step has the free energy of its definition") {
    const RandomWindow input({.state_counts = {3, 2},
                              .action_counts = {1, 1},
                              .outcome_counts = {4, 2},
                              .likelihood_factors = {{0, 1}, {1}}},
                             {1, 0},
                             2);
    MarginalMessagePassing solver(
        input.model,
        input.lengths,
        {.form = MessageForm::factorised, .update = MessageUpdate::fixed_point});
    double free_energy = 0;
    const Trajectory found = infer(solver, input, input.window, &free_energy);
    double expected = 0;
    const Beliefs& q = found[0];
    for (std::size_t at = 0; at < q.values().size(); ++at) {
        expected += q.values()[at] * (log_eps(q.values()[at]) - input.prior.values()[at]);
    }
    const auto& a = input.model.likelihoods;
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 2; ++j) {
            const double likelihood = a[0].data[(input.window[0].index * 3 + i) * 2 + j] +
                                      a[1].data[input.window[1].index * 2 + j];
            expected -= q[0][i] * q[1][j] * log_eps(likelihood);
        }
    }
    CHECK(free_energy == doctest::Approx(expected).epsilon(1e-13));
}

TEST_CASE("plain message passing refuses a factor with another parent and names it") {
    const RandomWindow input({.state_counts = {3, 2},
                              .action_counts = {1, 1},
                              .outcome_counts = {2},
                              .transition_factors = {{0}, {0, 1}}},
                             {2, 1},
                             1);
    CHECK_THROWS_WITH(
        MarginalMessagePassing(input.model, input.lengths, {.form = MessageForm::plain}),
        "transition_factors[1] is [0, 1], plain message passing expects a factor that depends on "
        "itself alone: use the factorised form");
}

TEST_CASE("tables over too many states are refused with their bytes") {
    RandomModelOptions options{.likelihood_factors = {{0}}};
    options.state_counts.assign(8, 20);
    options.action_counts.assign(8, 1);
    options.outcome_counts = {2};
    const FactoredModel model = random_model(options, 1);
    // 20^8 states, 2 * 3 + 1 numbers each.
    CHECK(joint_table_bytes(model, 3) == std::size_t{25'600'000'000} * 7 * 8);
    try {
        const MarginalMessagePassing solver(model, {3, 1}, {.form = MessageForm::plain});
        FAIL("no refusal");
    } catch (const std::length_error& error) {
        const std::string message = error.what();
        CHECK(message.find("1433600000000 bytes, expected at most 268435456") != std::string::npos);
        CHECK(message.find("use the factorised form") != std::string::npos);
    }
    const MarginalMessagePassing factorised(model, {3, 1}); // needs none of them
    CHECK(factorised.trajectory().size() == 4);
}

TEST_CASE("the work of a call depends on shapes alone and is counted") {
    const RandomWindow input(
        {.state_counts = {5, 5}, .action_counts = {2, 2}, .outcome_counts = {5}}, {3, 2}, 1);
    MarginalMessagePassing solver(input.model, input.lengths, {.iterations = 10});
    const TrajectoryWork before = solver.work();
    (void)infer(solver, input, input.window);
    const TrajectoryWork work = solver.work();
    // Per iteration and factor: 3 likelihoods, 4 messages from the past, 3 from the future.
    CHECK(work.contractions - before.contractions == 10 * 2 * (3 + 4 + 3));
    CHECK(work.multiply_adds - before.multiply_adds == 10 * 2 * (3 + 4 + 3) * 25);
    CHECK(work.iterations - before.iterations == 10);
    // 5 of each message and 5 of each of the 5 beliefs; the prior's once.
    CHECK(work.logarithms - before.logarithms == 10 * 2 * (3 + 4 + 3 + 5) * 5 + 10);
}

TEST_CASE("leaving the last planned step out shortens the trajectory by it and nothing else") {
    const RandomWindow input(
        {.state_counts = {3}, .action_counts = {2}, .outcome_counts = {2}}, {2, 1}, 1);
    const MarginalMessageOptions options{.last_timestep = true};
    MarginalMessagePassing solver(input.model, input.lengths, options);
    CHECK(infer(solver, input, input.window).size() == 2);
    MarginalMessagePassing unplanned(input.model, {2, 0}, options);
    Trajectory trajectory = unplanned.trajectory();
    CHECK(trajectory.size() == 2); // no planned row, none to leave out
    unplanned.observe(input.window);
    unplanned.set_prior(input.prior);
    CHECK(unplanned.infer({.previous = input.previous}, trajectory).iterations == 10);
}
