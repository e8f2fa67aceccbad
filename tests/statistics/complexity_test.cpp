// Fits on data of known truth.
#include "statistics/complexity.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

namespace complexity_test {

using namespace assay::statistics;

namespace {

constexpr std::array<Complexity, 6> kAll{Complexity::constant,
                                         Complexity::logarithmic,
                                         Complexity::linear,
                                         Complexity::linearithmic,
                                         Complexity::quadratic,
                                         Complexity::cubic};
const std::vector<double> kAxis{16, 64, 256, 1024, 4096};

// `launches` medians per point around c f(n), log-normal noise of that relative size.
std::vector<ComplexityPoint> simulated(Complexity truth,
                                       double c,
                                       const std::vector<double>& axis,
                                       std::size_t launches,
                                       double noise,
                                       std::mt19937_64& random) {
    std::lognormal_distribution<double> factor(0.0, noise);
    std::vector<ComplexityPoint> points;
    for (const double n : axis) {
        ComplexityPoint& point = points.emplace_back();
        point.n = n;
        for (std::size_t i = 0; i < launches; ++i) {
            point.launch_medians.push_back(c * growth(truth, n) *
                                           (noise > 0 ? factor(random) : 1.0));
        }
    }
    return points;
}

} // namespace

TEST_CASE("data without noise give the class and the coefficient that made them") {
    std::mt19937_64 random(1);
    for (const Complexity truth : kAll) {
        CAPTURE(name_of(truth));
        const auto answer =
            fit_complexity(simulated(truth, 3e-9, kAxis, 6, 0, random), 0.95, 1, 200);
        REQUIRE(answer.fit.has_value());
        CHECK(answer.fit->best == truth);
        CHECK(answer.fit->coefficient == doctest::Approx(3e-9));
        CHECK(answer.fit->error == doctest::Approx(0).epsilon(1e-9));
        CHECK(answer.fit->rms < 1e-6);
        CHECK(answer.fit->runner_up != truth);
        CHECK(answer.fit->runner_up_error > answer.fit->error);
        CHECK(*answer.fit->stability == 1);
        CHECK(answer.fit->points == 5);
    }
}

TEST_CASE("every class is recovered from noise of 3 % in at least 98 of 100 streams") {
    for (const Complexity truth : kAll) {
        CAPTURE(name_of(truth));
        std::mt19937_64 random(static_cast<std::uint64_t>(truth) + 1);
        int found = 0;
        int covered = 0;
        for (int stream = 0; stream < 100; ++stream) {
            const auto points = simulated(truth, 2e-9, kAxis, 10, 0.03, random);
            const auto answer =
                fit_complexity(points, 0.95, static_cast<std::uint64_t>(stream), 100);
            found += answer.fit->best == truth ? 1 : 0;
            covered += answer.fit->interval->low <= answer.fit->coefficient &&
                               answer.fit->coefficient <= answer.fit->interval->high
                           ? 1
                           : 0;
        }
        CHECK(found >= 98);
        CHECK(covered >= 98);
    }
}

TEST_CASE("the interval of the coefficient covers the truth about as often as it says") {
    std::mt19937_64 random(7);
    int covered = 0;
    constexpr int kStreams = 300;
    for (int stream = 0; stream < kStreams; ++stream) {
        // The mean of this noise is exp(noise^2 / 2), which least squares estimates.
        const auto points = simulated(Complexity::linear, 2e-9, kAxis, 20, 0.05, random);
        const auto answer = fit_complexity(points, 0.95, static_cast<std::uint64_t>(stream), 200);
        const double truth = 2e-9 * std::exp(0.05 * 0.05 / 2);
        covered += answer.fit->best == Complexity::linear && answer.fit->interval->low <= truth &&
                           truth <= answer.fit->interval->high
                       ? 1
                       : 0;
    }
    // A percentile bootstrap over 20 launches is a little narrow.
    CHECK(covered >= kStreams * 88 / 100);
}

TEST_CASE("a narrow axis under heavy noise shows its doubt in runner-up and stability") {
    std::mt19937_64 random(3);
    const auto points =
        simulated(Complexity::linearithmic, 1e-9, {1000, 1100, 1200}, 6, 0.1, random);
    const auto answer = fit_complexity(points, 0.95, 1);
    REQUIRE(answer.fit.has_value());
    CHECK(answer.fit->runner_up_error < 2 * answer.fit->error);
    CHECK(*answer.fit->stability < 0.95);
}

TEST_CASE("n and n log n are each other's runner-up") {
    std::mt19937_64 random(5);
    for (const auto& [truth, next] : {std::pair{Complexity::linear, Complexity::linearithmic},
                                      {Complexity::linearithmic, Complexity::linear}}) {
        const auto answer =
            fit_complexity(simulated(truth, 1e-9, kAxis, 6, 0.01, random), 0.95, 1, 50);
        CHECK(answer.fit->best == truth);
        CHECK(answer.fit->runner_up == next);
    }
}

TEST_CASE("the order of points and launches changes nothing, and the seed makes it repeatable") {
    std::mt19937_64 random(9);
    auto points = simulated(Complexity::quadratic, 1e-9, kAxis, 8, 0.05, random);
    const auto first = fit_complexity(points, 0.95, 4, 100);
    std::ranges::shuffle(points, random);
    for (ComplexityPoint& point : points) {
        std::ranges::shuffle(point.launch_medians, random);
    }
    // One point in two halves.
    ComplexityPoint half = points[0];
    half.launch_medians.resize(4);
    points[0].launch_medians.erase(points[0].launch_medians.begin(),
                                   points[0].launch_medians.begin() + 4);
    points.push_back(half);
    const auto second = fit_complexity(points, 0.95, 4, 100);
    CHECK(first.fit->best == second.fit->best);
    CHECK(first.fit->points == second.fit->points);
    CHECK(first.fit->interval->low == doctest::Approx(second.fit->interval->low).epsilon(1e-12));
    CHECK(first.fit->interval->high == doctest::Approx(second.fit->interval->high).epsilon(1e-12));
}

TEST_CASE("a class fits up to an error of a quarter of the mean") {
    std::mt19937_64 random(11);
    for (const Complexity truth : kAll) {
        CHECK(fit_complexity(simulated(truth, 2e-9, kAxis, 6, 0.05, random), 0.95, 1).fit->fits());
    }
    ComplexityFit fit;
    fit.error = kComplexityErrorMax;
    CHECK(fit.fits());
    fit.error = std::nextafter(kComplexityErrorMax, 1);
    CHECK_FALSE(fit.fits());
    fit.error = std::numeric_limits<double>::quiet_NaN();
    CHECK_FALSE(fit.fits());
    // A hump in the middle, which nothing that only grows describes.
    const std::vector<ComplexityPoint> hump{{16, {1, 1}}, {256, {9, 9}}, {4096, {2, 2}}};
    CHECK_FALSE(fit_complexity(hump, 0.95, 1).fit->fits());
}

TEST_CASE("fewer than six launches at a point give a fit without an interval") {
    std::mt19937_64 random(2);
    auto points = simulated(Complexity::linear, 1e-9, kAxis, 6, 0.01, random);
    points[2].launch_medians.resize(5);
    const auto answer = fit_complexity(points, 0.95, 1);
    REQUIRE(answer.fit.has_value());
    CHECK(answer.fit->best == Complexity::linear);
    CHECK_FALSE(answer.fit->interval.has_value());
    CHECK_FALSE(answer.fit->stability.has_value());
}

TEST_CASE("what cannot be fitted says why") {
    const auto why = [](std::vector<ComplexityPoint> points) {
        const auto answer = fit_complexity(points, 0.95, 1, 10);
        CHECK_FALSE(answer.fit.has_value());
        return answer.reason;
    };
    CHECK(why({}).find("has 0") != std::string::npos);
    CHECK(why({{1, {1e-9}}, {2, {1e-9}}, {2, {1e-9}}}).find("has 2") != std::string::npos);
    CHECK(why({{0, {1e-9}}, {2, {1e-9}}, {3, {1e-9}}}).find("below 1") != std::string::npos);
    CHECK(why({{-4, {1e-9}}, {2, {1e-9}}, {3, {1e-9}}}).find("below 1") != std::string::npos);
    CHECK(why({{1, {}}, {2, {1e-9}}, {3, {1e-9}}}).find("no figure") != std::string::npos);
    CHECK(why({{1, {0}}, {2, {1e-9}}, {3, {1e-9}}}).find("not positive") != std::string::npos);
    CHECK(why({{1, {std::numeric_limits<double>::quiet_NaN()}}, {2, {1}}, {3, {1}}})
              .find("not positive") != std::string::npos);
}

TEST_CASE("an axis that begins at 1, where log n is 0, is fitted") {
    std::mt19937_64 random(6);
    const auto answer = fit_complexity(
        simulated(Complexity::linear, 1e-9, {1, 10, 100, 1000}, 6, 0.01, random), 0.95, 1, 50);
    REQUIRE(answer.fit.has_value());
    CHECK(answer.fit->best == Complexity::linear);
}

} // namespace complexity_test
