// The exact recursion against the enumeration of all state sequences.
#include "active_inference/trajectories/chain_smoothing.hpp"
#include "random_window.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <utility>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

// sum over all sequences of p(sequence, observations), kept apart by the state at each step.
struct Enumeration {
    std::vector<std::vector<double>> marginals;
    double evidence = 0;

    explicit Enumeration(const RandomWindow& input)
        : marginals(input.lengths.observed + input.lengths.horizon,
                    std::vector<double>(input.model.state_counts[0])) {
        std::vector<std::size_t> sequence(marginals.size(), 0);
        for (;;) {
            const double weight = weight_of(input, sequence);
            evidence += weight;
            for (std::size_t t = 0; t < sequence.size(); ++t) {
                marginals[t][sequence[t]] += weight;
            }
            std::size_t t = 0;
            while (t < sequence.size() && ++sequence[t] == marginals[0].size()) {
                sequence[t++] = 0;
            }
            if (t == sequence.size()) {
                return;
            }
        }
    }

    static double weight_of(const RandomWindow& input, const std::vector<std::size_t>& sequence) {
        const std::size_t states = input.model.state_counts[0];
        const Tensor& b = input.model.transitions[0];
        double weight = std::as_const(input.prior)[0][sequence[0]];
        for (std::size_t t = 0; t < sequence.size(); ++t) {
            if (t > 0) {
                const std::size_t action = input.actions()[t - 1];
                weight *= b.data[(sequence[t] * states + sequence[t - 1]) * b.shape[2] + action];
            }
            for (std::size_t m = 0; t < input.lengths.observed && m < 2; ++m) {
                const std::size_t outcome = input.window[t * 2 + m].index;
                weight *= input.model.likelihoods[m].data[outcome * states + sequence[t]];
            }
        }
        return weight;
    }
};

RandomModelOptions chain_options(std::uint64_t seed) {
    return {.state_counts = {1 + seed % 4},
            .action_counts = {2},
            .outcome_counts = {3, 2},
            .sharpness = seed % 2 == 0 ? 4 : 1};
}

double smooth(const RandomWindow& input, Trajectory& trajectory) {
    ChainSmoothing smoothing(input.model, input.lengths);
    trajectory.assign(input.lengths.observed + input.lengths.horizon, input.prior);
    smoothing.observe(input.window);
    return smoothing.infer(input.prior, input.actions(), trajectory);
}

} // namespace

TEST_CASE("smoothing a chain equals the enumeration of its sequences, also past the window") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        const RandomWindow input(chain_options(seed), {3, seed % 3}, seed);
        Trajectory trajectory;
        const double log_evidence = smooth(input, trajectory);
        const Enumeration exact(input);
        CHECK(std::abs(log_evidence - std::log(exact.evidence)) < 1e-12);
        for (std::size_t t = 0; t < trajectory.size(); ++t) {
            for (std::size_t s = 0; s < exact.marginals[t].size(); ++s) {
                CHECK(std::abs(trajectory[t][0][s] - exact.marginals[t][s] / exact.evidence) <
                      1e-12);
            }
        }
    }
}

TEST_CASE("an impossible observation says nothing about the states and empties the evidence") {
    RandomWindow input(chain_options(2), {3, 0}, 5);
    // Outcome 0 of the first modality never comes; the second modality says nothing.
    input.model.likelihoods[0] = {{3, 3}, {0, 0, 0, 0.5, 0.2, 0.9, 0.5, 0.8, 0.1}};
    input.model.likelihoods[1] = {{2, 3}, std::vector<double>(6, 0.5)};
    RandomWindow silent = input;
    silent.model.likelihoods[0].data = {1, 1, 1, 0.5, 0.2, 0.9, 0.5, 0.8, 0.1};
    for (const std::size_t impossible : {0U, 1U, 2U}) {
        CAPTURE(impossible);
        for (std::size_t t = 0; t < 3; ++t) {
            const std::size_t outcome = t == impossible ? 0 : 1 + t % 2;
            input.window[t * 2].index = outcome;
            silent.window[t * 2].index = outcome;
        }
        Trajectory found;
        Trajectory expected;
        CHECK(smooth(input, found) == -std::numeric_limits<double>::infinity());
        (void)smooth(silent, expected);
        for (std::size_t t = 0; t < 3; ++t) {
            for (std::size_t s = 0; s < 3; ++s) {
                CHECK(std::abs(found[t][0][s] - expected[t][0][s]) < 1e-12);
            }
        }
    }
}

TEST_CASE("forty modalities neither underflow nor lose the posterior") {
    RandomModelOptions options{.state_counts = {4}, .action_counts = {1}};
    options.outcome_counts.assign(40, 50);
    const RandomWindow input(options, {4, 0}, 3);
    Trajectory trajectory;
    CHECK(std::isfinite(smooth(input, trajectory)));
    CHECK(smooth(input, trajectory) < -400);
}

TEST_CASE("a model of two factors is not one chain") {
    const RandomWindow two(
        {.state_counts = {2, 3}, .action_counts = {1, 1}, .outcome_counts = {2}}, {1, 0}, 1);
    CHECK_THROWS_WITH(ChainSmoothing(two.model, two.lengths),
                      "state_counts is [2, 3], exact smoothing expects one factor");
}
