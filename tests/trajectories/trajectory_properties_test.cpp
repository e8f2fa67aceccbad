// What holds for any model: distributions, independence of the order of states, exactness where the
// algorithms promise it.
#include "active_inference/categorical.hpp"
#include "active_inference/trajectories/chain_smoothing.hpp"
#include "active_inference/trajectories/marginal_message_passing.hpp"
#include "active_inference/trajectories/variational_message_passing.hpp"
#include "random_window.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

constexpr std::uint64_t kModels = 1000;

constexpr MarginalMessageOptions kMarginal[] = {
    {.form = MessageForm::plain, .update = MessageUpdate::gradient},
    {.form = MessageForm::plain, .update = MessageUpdate::fixed_point},
    {.form = MessageForm::factorised, .update = MessageUpdate::gradient},
    {.form = MessageForm::factorised, .update = MessageUpdate::fixed_point},
    {.form = MessageForm::factorised, .last_timestep = true},
};

struct Answer {
    Trajectory trajectory;
    double free_energy = 0;
};

Answer marginal(const RandomWindow& input, const MarginalMessageOptions& options) {
    MarginalMessagePassing solver(input.model, input.lengths, options);
    Answer answer{solver.trajectory(), 0};
    solver.observe(input.window);
    solver.set_prior(input.prior);
    answer.free_energy = solver.infer(input.actions(), answer.trajectory).free_energy;
    return answer;
}

Answer parallel(const RandomWindow& input, ParallelRule rule) {
    VariationalMessagePassing solver(input.model, input.lengths, {.rule = rule});
    Answer answer{solver.trajectory(), 0};
    solver.observe(input.window);
    solver.set_prior(input.prior);
    solver.infer(input.actions(), answer.trajectory);
    return answer;
}

// By every algorithm and option that the model allows.
std::vector<Answer> all_answers(const RandomWindow& input, bool co_parents) {
    std::vector<Answer> answers;
    for (const MarginalMessageOptions& options : kMarginal) {
        if (!co_parents || options.form == MessageForm::factorised) {
            answers.push_back(marginal(input, options));
        }
    }
    answers.push_back(parallel(input, ParallelRule::vmp));
    answers.push_back(parallel(input, ParallelRule::mmp));
    return answers;
}

void check_distributions(const Answer& answer) {
    CHECK(std::isfinite(answer.free_energy));
    for (const Beliefs& beliefs : answer.trajectory) {
        for (std::size_t f = 0; f < beliefs.size(); ++f) {
            const auto q = beliefs[f];
            const double sum = std::accumulate(q.begin(), q.end(), 0.0);
            REQUIRE(std::abs(sum - 1) < 1e-12);
            REQUIRE(*std::ranges::min_element(q) >= 0);
        }
    }
}

// Entries of one axis in another order.
Tensor permuted(const Tensor& tensor, std::size_t axis, const std::vector<std::size_t>& order) {
    Tensor result = tensor;
    std::size_t inner = 1;
    for (std::size_t at = axis + 1; at < tensor.shape.size(); ++at) {
        inner *= tensor.shape[at];
    }
    for (std::size_t flat = 0; flat < tensor.data.size(); ++flat) {
        const std::size_t index = flat / inner % tensor.shape[axis];
        const std::size_t base = flat - index * inner;
        result.data[base + order[index] * inner] = tensor.data[flat];
    }
    return result;
}

std::vector<std::size_t> random_order(std::size_t size, assay::RandomSource& random) {
    std::vector<std::size_t> order(size);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t at = size; at > 1; --at) {
        std::swap(order[at - 1], order[random.below(static_cast<std::uint32_t>(at))]);
    }
    return order;
}

// The same model with the states of every factor renamed: state s becomes orders[f][s].
RandomWindow renamed(RandomWindow input, const std::vector<std::vector<std::size_t>>& orders) {
    FactoredModel& model = input.model;
    for (std::size_t f = 0; f < orders.size(); ++f) {
        Tensor& transition = model.transitions[f];
        transition = permuted(transition, 0, orders[f]);
        for (std::size_t k = 0; k < model.transition_factors[f].size(); ++k) {
            transition = permuted(transition, k + 1, orders[model.transition_factors[f][k]]);
        }
        const std::span<double> prior = input.prior[f];
        const std::vector<double> before(prior.begin(), prior.end());
        for (std::size_t s = 0; s < before.size(); ++s) {
            prior[orders[f][s]] = before[s];
        }
    }
    for (std::size_t m = 0; m < model.likelihoods.size(); ++m) {
        for (std::size_t k = 0; k < model.likelihood_factors[m].size(); ++k) {
            model.likelihoods[m] =
                permuted(model.likelihoods[m], k + 1, orders[model.likelihood_factors[m][k]]);
        }
    }
    return input;
}

} // namespace

TEST_CASE("beliefs over time are finite distributions, with zeros in A, B and D too") {
    for (std::uint64_t seed = 1; seed <= kModels; ++seed) {
        CAPTURE(seed);
        const bool co_parents = seed % 2 == 0;
        RandomWindow input(random_options(seed, co_parents), {3, 2}, seed);
        if (seed % 3 != 0) {
            const double share = seed % 3 == 1 ? 0.5 : 1; // 1: one entry per column is left
            std::ranges::for_each(input.model.likelihoods,
                                  [&](Tensor& each) { cut_small_entries(each, share); });
            std::ranges::for_each(input.model.transitions,
                                  [&](Tensor& each) { cut_small_entries(each, share); });
            std::ranges::fill(input.prior[0], 0.0);
            input.prior[0].front() = 1;
        }
        for (const Answer& answer : all_answers(input, co_parents)) {
            check_distributions(answer);
        }
    }
}

TEST_CASE("states under other names have the same beliefs over time") {
    for (std::uint64_t seed = 1; seed <= kModels; ++seed) {
        CAPTURE(seed);
        const bool co_parents = seed % 2 == 0;
        const RandomWindow input(random_options(seed, co_parents), {2, 2}, seed);
        assay::RandomSource random(assay::derived_seed(seed, 9));
        std::vector<std::vector<std::size_t>> orders;
        for (const std::size_t states : input.model.state_counts) {
            orders.push_back(random_order(states, random));
        }
        const std::vector<Answer> one = all_answers(input, co_parents);
        const std::vector<Answer> other = all_answers(renamed(input, orders), co_parents);
        for (std::size_t at = 0; at < one.size(); ++at) {
            CAPTURE(at);
            CHECK(std::abs(one[at].free_energy - other[at].free_energy) < 1e-9);
            for (std::size_t t = 0; t < one[at].trajectory.size(); ++t) {
                for (std::size_t f = 0; f < orders.size(); ++f) {
                    for (std::size_t s = 0; s < orders[f].size(); ++s) {
                        REQUIRE(std::abs(one[at].trajectory[t][f][s] -
                                         other[at].trajectory[t][f][orders[f][s]]) < 1e-10);
                    }
                }
            }
        }
    }
}

TEST_CASE("one time step of one factor is the exact posterior") {
    for (std::uint64_t seed = 1; seed <= kModels; ++seed) {
        CAPTURE(seed);
        const RandomWindow input(
            {.state_counts = {1 + seed % 6}, .action_counts = {1}, .outcome_counts = {3, 2}},
            {1, 0},
            seed);
        std::vector<double> exact(input.prior[0].begin(), input.prior[0].end());
        for (std::size_t m = 0; m < 2; ++m) {
            for (std::size_t s = 0; s < exact.size(); ++s) {
                exact[s] *=
                    input.model.likelihoods[m].data[input.window[m].index * exact.size() + s];
            }
        }
        normalise(exact);
        ChainSmoothing smoothing(input.model, input.lengths);
        Trajectory smoothed(1, input.prior);
        smoothing.observe(input.window);
        (void)smoothing.infer(input.prior, {}, smoothed);
        std::vector<Answer> answers = {
            parallel(input, ParallelRule::vmp), parallel(input, ParallelRule::mmp), {smoothed, 0}};
        for (MarginalMessageOptions options : kMarginal) {
            options.last_timestep = false;
            // The gradient comes nearer by the factor 1 - tau with every iteration.
            options.iterations = options.update == MessageUpdate::gradient ? 150 : 1;
            answers.push_back(marginal(input, options));
        }
        for (std::size_t at = 0; at < answers.size(); ++at) {
            CAPTURE(at);
            for (std::size_t s = 0; s < exact.size(); ++s) {
                REQUIRE(std::abs(answers[at].trajectory[0][0][s] - exact[s]) < 1e-12);
            }
        }
    }
}

TEST_CASE("a factor of one state stays certain and leaves the other factors as they are") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        CAPTURE(seed);
        const RandomWindow with({.state_counts = {3, 1},
                                 .action_counts = {2, 1},
                                 .outcome_counts = {4},
                                 .likelihood_factors = {{0, 1}}},
                                {3, 0},
                                seed);
        RandomWindow without(
            {.state_counts = {3}, .action_counts = {2}, .outcome_counts = {4}}, {3, 0}, seed);
        without.window = with.window;
        std::ranges::copy(with.prior[0], without.prior[0].begin());
        without.previous = {with.previous[0], with.previous[2]};
        const std::vector<Answer> two = all_answers(with, false);
        const std::vector<Answer> one = all_answers(without, false);
        for (std::size_t at = 0; at < two.size(); ++at) {
            for (std::size_t t = 0; t < two[at].trajectory.size(); ++t) {
                CHECK(std::as_const(two[at].trajectory[t])[1][0] == 1);
                for (std::size_t s = 0; s < 3; ++s) {
                    CHECK(std::abs(two[at].trajectory[t][0][s] - one[at].trajectory[t][0][s]) <
                          1e-12);
                }
            }
        }
    }
}
