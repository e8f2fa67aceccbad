#include "active_inference/random_model.hpp"
#include "active_inference/state_inference/exact_posterior.hpp"
#include "active_inference/state_inference/fixed_point_iteration.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "inference_setting.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

struct Inferred {
    Beliefs q;
    FixedPointResult result;
};

Inferred inferred(const InferenceSetting& setting, const FixedPointOptions& options) {
    StateInference infer(setting.model, options);
    Inferred found{Beliefs(setting.model.state_counts), {}};
    found.result = infer(setting.observation, setting.prior, found.q);
    return found;
}

double log_evidence(const InferenceSetting& setting) {
    LogLikelihood tables(setting.model);
    tables.observe(setting.observation);
    return exact_posterior(setting.model, tables, setting.prior)->log_evidence;
}

FactoredModel two_factors(std::uint64_t seed) {
    return random_model({.state_counts = {4, 3}, .action_counts = {1, 1}, .outcome_counts = {3, 5}},
                        seed);
}

} // namespace

TEST_CASE("no sweep of the sequential schedule raises the free energy") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        CAPTURE(seed);
        const InferenceSetting setting = random_setting(seed);
        double before = HUGE_VAL;
        for (std::size_t sweeps = 1; sweeps <= 12; ++sweeps) {
            const double now =
                inferred(setting, {.max_sweeps = sweeps, .tolerance = 0}).result.free_energy;
            CHECK(now <= before + 1e-10 * std::max(1.0, std::abs(now)));
            before = now;
        }
    }
}

TEST_CASE("the free energy is an upper bound of the surprise under every schedule") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        const InferenceSetting setting = random_setting(seed);
        const double surprise = -log_evidence(setting);
        for (const Schedule schedule :
             {Schedule::sequential, Schedule::parallel, Schedule::parallel_damped}) {
            const double found = inferred(setting, {.schedule = schedule}).result.free_energy;
            CHECK(found >= surprise - 1e-12 * std::max(1.0, std::abs(surprise)));
        }
    }
}

TEST_CASE("beliefs are distributions under every schedule") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        const InferenceSetting setting = random_setting(seed);
        for (const Schedule schedule :
             {Schedule::sequential, Schedule::parallel, Schedule::parallel_damped}) {
            const Inferred found = inferred(setting, {.schedule = schedule});
            for (std::size_t factor = 0; factor < found.q.size(); ++factor) {
                const auto q = found.q[factor];
                CHECK(std::abs(std::accumulate(q.begin(), q.end(), 0.0) - 1) <= 1e-12);
                CHECK(std::ranges::all_of(q, [](double p) { return p >= 0 && p <= 1; }));
            }
        }
    }
}

TEST_CASE("a single factor takes one sweep and its posterior is exact") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        InferenceSetting setting{
            random_model(
                {.state_counts = {1 + seed % 7}, .action_counts = {1}, .outcome_counts = {3, 2}},
                seed),
            {{.index = seed % 3, .soft = {}}, {.index = 1, .soft = {}}},
            {}};
        assay::RandomSource random(seed);
        setting.prior = random_prior(setting.model, random);
        const Inferred found = inferred(setting, {});
        CHECK(found.result.sweeps == 1);
        CHECK(found.result.converged);
        LogLikelihood tables(setting.model);
        tables.observe(setting.observation);
        const auto exact = exact_posterior(setting.model, tables, setting.prior);
        CHECK(largest_difference(found.q, exact->marginals) <= 1e-12);
        CHECK(std::abs(found.result.free_energy + exact->log_evidence) <= 1e-12);
    }
}

TEST_CASE("damping makes a parallel iteration that swings between two states converge") {
    // Both factors want to be equal: updated together from opposite
    // priors they change sides for ever.
    FactoredModel model =
        random_model({.state_counts = {2, 2}, .action_counts = {1, 1}, .outcome_counts = {2}}, 1);
    model.likelihoods[0].data = {0.999, 0.001, 0.001, 0.999, 0.001, 0.999, 0.999, 0.001};
    InferenceSetting setting{model, {{.index = 0, .soft = {}}}, Beliefs(model.state_counts)};
    setting.prior[0][0] = 0.9;
    setting.prior[0][1] = 0.1;
    setting.prior[1][0] = 0.1;
    setting.prior[1][1] = 0.9;
    const FixedPointOptions swinging{
        .schedule = Schedule::parallel, .max_sweeps = 101, .tolerance = 0};
    FixedPointOptions one_more = swinging;
    one_more.max_sweeps = 102;
    CHECK(largest_difference(inferred(setting, swinging).q, inferred(setting, one_more).q) > 0.5);
    const Inferred damped = inferred(setting,
                                     {.schedule = Schedule::parallel_damped,
                                      .damping = 0.85,
                                      .max_sweeps = 200,
                                      .tolerance = 1e-12});
    CHECK(damped.result.converged);
}

TEST_CASE("damping of zero is the parallel schedule") {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        const InferenceSetting setting = random_setting(seed);
        const Inferred damped =
            inferred(setting, {.schedule = Schedule::parallel_damped, .damping = 0});
        const Inferred plain = inferred(setting, {.schedule = Schedule::parallel});
        CHECK(largest_difference(damped.q, plain.q) <= 1e-12);
    }
}

TEST_CASE("not converged within the limit is a result") {
    const FactoredModel model = two_factors(3);
    const InferenceSetting setting{
        model, {{.index = 0, .soft = {}}, {.index = 4, .soft = {}}}, Beliefs(model.state_counts)};
    const Inferred cut = inferred(setting, {.max_sweeps = 1, .tolerance = 1e-15});
    CHECK(cut.result.sweeps == 1);
    CHECK_FALSE(cut.result.converged);
    CHECK(cut.result.change > 1e-15);
    const Inferred whole = inferred(setting, {.max_sweeps = 1000, .tolerance = 1e-12});
    CHECK(whole.result.converged);
    CHECK(whole.result.sweeps < 1000);
    CHECK(whole.result.change < 1e-12);
}

TEST_CASE("refining the fixed point changes nothing any more") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const InferenceSetting setting = random_setting(seed);
        StateInference infer(setting.model, {.max_sweeps = 5000, .tolerance = 1e-15});
        Beliefs q(setting.model.state_counts);
        if (!infer(setting.observation, setting.prior, q).converged) {
            continue;
        }
        const Beliefs fixed = q;
        CHECK(infer.refine(setting.observation, setting.prior, q).sweeps >= 1);
        CHECK(largest_difference(q, fixed) <= 1e-5);
    }
}

TEST_CASE("cancellation is asked for before every sweep") {
    const FactoredModel model = two_factors(5);
    const InferenceSetting setting{
        model, {{.index = 1, .soft = {}}, {.index = 2, .soft = {}}}, Beliefs(model.state_counts)};
    std::size_t asked = 0;
    const Inferred stopped = inferred(
        setting, {.max_sweeps = 10, .tolerance = 0, .cancelled = [&] { return ++asked > 3; }});
    CHECK(stopped.result.cancelled);
    CHECK(stopped.result.sweeps == 3);
    CHECK(asked == 4);
    const Inferred three = inferred(setting, {.max_sweeps = 3, .tolerance = 0});
    CHECK(stopped.q == three.q);
    CHECK(stopped.result.free_energy == three.result.free_energy);
}

TEST_CASE("equal inputs give equal bits and equal work") {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        const InferenceSetting setting = random_setting(seed);
        StateInference first(setting.model);
        StateInference second(setting.model);
        Beliefs q(setting.model.state_counts);
        Beliefs again(setting.model.state_counts);
        const FixedPointResult found = first(setting.observation, setting.prior, q);
        CHECK(second(setting.observation, setting.prior, again).free_energy == found.free_energy);
        CHECK(q == again);
        CHECK(first.work() == second.work());
        // Whatever the solver did before leaves no trace.
        CHECK(first(setting.observation, setting.prior, again).free_energy == found.free_energy);
        CHECK(q == again);
    }
}

TEST_CASE("the work of a sweep is counted: two passes over the table for any number of factors") {
    const FactoredModel model = random_model(
        {.state_counts = {4, 4, 4, 4}, .action_counts = {1, 1, 1, 1}, .outcome_counts = {2, 3}}, 1);
    StateInference infer(model, {.max_sweeps = 1, .tolerance = 0});
    Beliefs q(model.state_counts);
    const std::vector<Outcome> observation(2);
    CHECK(infer(observation, q, q).sweeps == 1);
    // Per half: the table over one axis of the other half and then the other (256 + 64), and each
    // factor of it from the 16 that are left.
    CHECK(infer.work().contractions == 6);
    CHECK(infer.work().multiply_adds == 2 * (256 + 64 + 16 + 16));
    // One for the whole uniform prior and one for the beliefs to start from.
    CHECK(infer.work().logarithms == 256 + 2);
}
