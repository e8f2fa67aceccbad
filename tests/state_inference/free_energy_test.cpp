#include "active_inference/random_model.hpp"
#include "active_inference/state_inference/exact_posterior.hpp"
#include "active_inference/state_inference/free_energy.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "inference_setting.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace assay::active_inference;
using namespace assay::test;

namespace {

// F by the definition: sum over joint states of Q (ln Q - ln p(o, s)).
double
by_enumeration(const InferenceSetting& setting, const LogLikelihood& tables, const Beliefs& q) {
    const FactoredModel& model = setting.model;
    double sum = 0;
    for (std::size_t flat = 0; flat < *element_count(model.state_counts); ++flat) {
        const auto states = unravel(model.state_counts, flat);
        double weight = 1;
        double term = 0;
        for (std::size_t f = 0; f < states.size(); ++f) {
            weight *= q[f][states[f]];
            term += log_eps(q[f][states[f]]) - log_eps(setting.prior[f][states[f]]);
        }
        for (std::size_t m = 0; m < tables.size(); ++m) {
            std::size_t at = 0;
            for (const std::size_t factor : model.likelihood_factors[m]) {
                at = at * model.state_counts[factor] + states[factor];
            }
            term -= tables[m][at];
        }
        sum += weight * term;
    }
    return sum;
}

} // namespace

TEST_CASE("the free energy by contraction is the one by enumeration, and bounds the surprise") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        const InferenceSetting setting = random_setting(seed);
        LogLikelihood tables(setting.model);
        tables.observe(setting.observation);
        assay::RandomSource random(assay::derived_seed(seed, 3));
        const Beliefs q = random_prior(setting.model, random); // any q
        const double found = FreeEnergy(setting.model)(tables, setting.prior, q);
        const double scale = std::max(1.0, std::abs(found));
        CHECK(std::abs(found - by_enumeration(setting, tables, q)) <= 1e-12 * scale);
        const auto exact = exact_posterior(setting.model, tables, setting.prior);
        CHECK(found >= -exact->log_evidence - 1e-12 * scale);
    }
}

TEST_CASE("the iteration's free energy is the one from scratch, whatever the schedule") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        const InferenceSetting setting = random_setting(seed);
        LogLikelihood tables(setting.model);
        tables.observe(setting.observation);
        FreeEnergy energy(setting.model);
        for (const Schedule schedule :
             {Schedule::sequential, Schedule::parallel, Schedule::parallel_damped}) {
            StateInference infer(setting.model, {.schedule = schedule, .max_sweeps = 1 + seed % 9});
            Beliefs q(setting.model.state_counts);
            const double found = infer(setting.observation, setting.prior, q).free_energy;
            CHECK(std::abs(found - energy(tables, setting.prior, q)) <=
                  1e-12 * std::max(1.0, std::abs(found)));
        }
    }
}

TEST_CASE("the free energy is the surprise exactly where the posterior factorises") {
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        // Every modality sees one factor.
        InferenceSetting setting{random_model({.state_counts = {3, 1 + seed % 4},
                                               .action_counts = {1, 1},
                                               .outcome_counts = {2, 3, 2},
                                               .likelihood_factors = {{0}, {1}, {1}}},
                                              seed),
                                 {{.index = seed % 2, .soft = {}},
                                  {.index = seed % 3, .soft = {}},
                                  {.index = 0, .soft = {}}},
                                 {}};
        assay::RandomSource random(seed);
        setting.prior = random_prior(setting.model, random);
        LogLikelihood tables(setting.model);
        tables.observe(setting.observation);
        const auto exact = exact_posterior(setting.model, tables, setting.prior);
        StateInference infer(setting.model);
        Beliefs q(setting.model.state_counts);
        const double found = infer(setting.observation, setting.prior, q).free_energy;
        CHECK(std::abs(found + exact->log_evidence) <= 1e-12);
        CHECK(largest_difference(q, exact->marginals) <= 1e-12);
    }
}

TEST_CASE("enumeration gives up above the number of joint states it is allowed") {
    const FactoredModel model =
        random_model({.state_counts = {4, 5}, .action_counts = {1, 1}, .outcome_counts = {2}}, 1);
    LogLikelihood tables(model);
    const std::vector<Outcome> first(1);
    tables.observe(first);
    CHECK(exact_posterior(model, tables, prior_beliefs(model), 20).has_value());
    CHECK_FALSE(exact_posterior(model, tables, prior_beliefs(model), 19).has_value());
}

TEST_CASE("the terms of the free energy count their work") {
    const FactoredModel model =
        random_model({.state_counts = {4, 3}, .action_counts = {1, 1}, .outcome_counts = {2}}, 1);
    FreeEnergy energy(model);
    const std::vector<double> table(12, -1.0);
    const Beliefs q(model.state_counts);
    CHECK(energy.accuracy(0, table, q) == doctest::Approx(-1.0));
    CHECK(energy.work().contractions == 1);
    CHECK(energy.work().multiply_adds == 12 + 3);
}
