#include "active_inference/learning/dirichlet.hpp"
#include "active_inference/learning/model_reduction.hpp"
#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace assay::active_inference;

namespace {

std::vector<double> random_alpha(assay::RandomSource& random, std::size_t size) {
    std::vector<double> counts(size);
    for (double& count : counts) {
        count = std::exp(10 * random.unit() - 5);
    }
    return counts;
}

} // namespace

TEST_CASE("digamma has its known values and steps") {
    constexpr double kEuler = 0.57721566490153286;
    CHECK(digamma(1) == doctest::Approx(-kEuler).epsilon(1e-14));
    CHECK(digamma(0.5) == doctest::Approx(-kEuler - 2 * std::log(2.0)).epsilon(1e-14));
    for (double x = 0.01; x < 100; x *= 1.1) {
        CHECK(digamma(x + 1) - digamma(x) == doctest::Approx(1 / x).epsilon(1e-11));
    }
}

TEST_CASE("the divergence of Dirichlet distributions is at least 0, and 0 of equal ones") {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        CAPTURE(seed);
        assay::RandomSource random(seed);
        const std::size_t size = 1 + random.below(6);
        const std::vector<double> a = random_alpha(random, size);
        const std::vector<double> b = random_alpha(random, size);
        CHECK(dirichlet_divergence(a, b) >= -1e-11);
        CHECK(std::abs(dirichlet_divergence(a, a)) <= 1e-12);
    }
}

TEST_CASE("the divergence of beta distributions is the integral") {
    // KL(Beta(2, 1) || Beta(1, 1)) = int 2x ln 2x dx = ln 2 - 1/2
    const double a[] = {2, 1};
    const double b[] = {1, 1};
    CHECK(dirichlet_divergence(a, b) == doctest::Approx(std::log(2.0) - 0.5).epsilon(1e-13));
}

TEST_CASE("entries without counts are no part of a distribution") {
    const double a[] = {2, 0, 1};
    const double b[] = {2, 1};
    CHECK(log_beta(a) == log_beta(b));
    const double c[] = {1, 0, 1};
    const double d[] = {1, 1};
    CHECK(dirichlet_divergence(a, c) == dirichlet_divergence(b, d));
}

TEST_CASE("a reduced prior equal to the prior changes no evidence") {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        assay::RandomSource random(seed);
        const std::vector<double> q = random_alpha(random, 5);
        const std::vector<double> p = random_alpha(random, 5);
        std::vector<double> s(5);
        reduced_posterior({q, p, p}, s);
        CHECK(std::abs(log_evidence_change({q, p, p}, s)) <= 1e-9);
    }
}
