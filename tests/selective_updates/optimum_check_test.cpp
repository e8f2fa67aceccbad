// What the verification of sparse_observation refuses: beliefs that are no optimum, a free energy
// that is not theirs, and other optima as a rule.
#include "active_inference/random_model.hpp"
#include "active_inference/selective/selective_inference.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "optimum_check.hpp"

#include <assay/suite.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using assay::selective_updates::OptimumCheck;
using namespace assay::active_inference;

namespace {

constexpr double kTolerance = 1e-12;
constexpr LogLikelihoodOptions kCached{.dialect = LogDialect::eps, .cached = true};

FactoredModel model_of(std::size_t states, std::uint64_t seed) {
    return random_model(
        {.state_counts = {states, states}, .action_counts = {1, 1}, .outcome_counts = {4, 4}},
        seed);
}

// Full and selective inference from the same stream, held to each other.
struct Session {
    FactoredModel model;
    Beliefs prior = prior_beliefs(model);
    FixedPointOptions options{.max_sweeps = 200, .tolerance = kTolerance};
    StateInference full{model, options, kCached};
    SelectiveInference selective{model, options, kCached};
    OptimumCheck check{model, prior, kTolerance};
    Beliefs q = prior, warm = prior;
    FixedPointResult result = {};

    void observe(std::size_t position) {
        const std::array<Outcome, 2> seen{Outcome{.index = position % 4, .soft = {}},
                                          Outcome{.index = position / 4 % 4, .soft = {}}};
        q = prior;
        result = full.refine(seen, prior, q);
        (void)selective(seen, prior);
        warm = selective.beliefs();
        check.observe(position, seen);
    }

    void compare() { compare(selective.result().free_energy); }

    void compare(double energy) {
        check.compare({.q = &warm, .free_energy = energy},
                      {.q = &q, .free_energy = result.free_energy});
    }
};

void reverse(Beliefs& q) {
    for (std::size_t factor = 0; factor < q.size(); ++factor) {
        std::ranges::reverse(q[factor]);
    }
}

} // namespace

TEST_CASE("beliefs as both paths report them are optima of the same free energy") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        Session session{.model = model_of(6, seed)};
        for (std::size_t position = 0; position < 32; ++position) {
            session.observe(position);
            CHECK_NOTHROW(session.compare());
        }
        CHECK(session.check.found().observations == 32);
        CHECK(session.check.found().largest_step <= 1e-6);
        CHECK(session.check.found().values == 32 * 12);
    }
}

TEST_CASE("posteriors reversed before they are returned are refused") {
    Session session{.model = model_of(6, 1)};
    session.observe(3);
    reverse(session.warm);
    CHECK_THROWS_WITH_AS(session.compare(),
                         doctest::Contains("beliefs of the selective path at observation 3 are no "
                                           "optimum: one more sweep moves them by"),
                         assay::wrong_result);
    // Not even with a free energy that would make another optimum of them.
    CHECK_THROWS_AS(session.compare(session.result.free_energy + 1), assay::wrong_result);
}

TEST_CASE("beliefs of the observation before are refused") {
    Session session{.model = model_of(6, 2)};
    session.observe(3);
    const Beliefs before = session.warm;
    session.observe(4);
    session.warm = before;
    CHECK_THROWS_AS(session.compare(), assay::wrong_result);
}

TEST_CASE(
    "beliefs a hair from the optimum are refused and those of the full path are no exception") {
    Session session{.model = model_of(6, 3)};
    session.observe(3);
    session.warm[1][0] += 1e-5;
    session.warm[1][1] -= 1e-5;
    CHECK_THROWS_AS(session.compare(), assay::wrong_result);
    session.observe(4);
    reverse(session.q);
    CHECK_THROWS_WITH_AS(
        session.compare(), doctest::Contains("beliefs of the full path"), assay::wrong_result);
}

TEST_CASE("a free energy that is not that of the beliefs is refused") {
    Session session{.model = model_of(6, 4)};
    session.observe(3);
    CHECK_THROWS_WITH_AS(session.compare(session.result.free_energy + 1e-8),
                         doctest::Contains("free energy of the selective path at observation 3 is "
                                           "reported as"),
                         assay::wrong_result);
}

TEST_CASE("another optimum is counted and refused once it is the rule") {
    // Two states that say the same where they agree: two optima, of which the full path takes the
    // one that its prior leans to.
    FactoredModel model =
        random_model({.state_counts = {2, 2}, .action_counts = {1, 1}, .outcome_counts = {2}}, 1);
    model.likelihoods[0].data = {0.95, 0.05, 0.05, 0.9, 0.05, 0.95, 0.95, 0.1};
    model.priors = {{0.55, 0.45}, {0.55, 0.45}};
    const Beliefs prior = prior_beliefs(model);
    const std::array<Outcome, 1> seen{Outcome{.index = 0, .soft = {}}};
    StateInference infer(model, {.max_sweeps = 500, .tolerance = kTolerance}, kCached);
    Beliefs one = prior, other = prior;
    one[0][0] = one[1][0] = 0.99;
    one[0][1] = one[1][1] = 0.01;
    other[0][0] = other[1][0] = 0.01;
    other[0][1] = other[1][1] = 0.99;
    const double energy = infer.refine(seen, prior, one).free_energy;
    const double higher = infer.refine(seen, prior, other).free_energy;
    REQUIRE(higher > energy + 1e-3);
    OptimumCheck check(model, prior, kTolerance);
    check.observe(0, seen);
    for (std::size_t same = 0; same < 3; ++same) {
        check.compare({&one, energy}, {&one, energy});
    }
    check.compare({&other, higher}, {&one, energy});
    CHECK(check.found().other_optima == 1);
    CHECK(check.found().flat_optima == 0);
    CHECK_NOTHROW(check.finish()); // one of four
    check.compare({&other, higher}, {&one, energy});
    CHECK_THROWS_WITH_AS(check.finish(),
                         doctest::Contains("at 2 of 5 observations, 2 of them at another free "
                                           "energy, expected at most a quarter elsewhere"),
                         assay::wrong_result);
}
