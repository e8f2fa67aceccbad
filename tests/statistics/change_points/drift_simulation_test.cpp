// Climbs, waves and staircases of known truth, seeded: what becomes of the detector's points.
#include "simulated_series.hpp"
#include "statistics/change_points/drift.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <numbers>

namespace drift_simulation_test {

using namespace assay::statistics;
using namespace assay::test;

namespace {

struct Outcome {
    double without = 0, points = 0; // per series, without the rule for drifts and with it
    double true_points = 0;         // of `steps`, per series, within 5
    double drifting = 0;            // share of series
};

Outcome outcome_of(const std::function<Levels(Random&)>& levels,
                   double cv,
                   const std::vector<std::size_t>& steps,
                   std::uint64_t seed) {
    constexpr std::size_t kSeries = 60;
    Random random(seed);
    Outcome sum;
    for (std::size_t i = 0; i < kSeries; ++i) {
        const auto values = noisy(levels(random), Noise::gaussian, cv, random);
        const Detection found = detect(values, Detector::assay);
        const RobustStepTest test({.effective_share = found.roughness.effective_share()});
        sum.without += static_cast<double>(find_steps(values, test, {}).size()) / kSeries;
        sum.points += static_cast<double>(found.points.size()) / kSeries;
        sum.drifting += found.drifts.empty() ? 0 : 1.0 / kSeries;
        for (const std::size_t step : steps) {
            sum.true_points +=
                std::ranges::any_of(found.points,
                                    [&](const ChangePoint& point) {
                                        return point.index + 5 >= step && point.index <= step + 5;
                                    })
                    ? 1.0 / kSeries
                    : 0;
        }
    }
    return sum;
}

// Ten per cent up and down, once in 500 points, beginning anywhere.
Levels any_wave(Random& random) {
    std::uniform_real_distribution<double> phase(0, 2 * std::numbers::pi);
    return wave(600, 0.1, 500, phase(random));
}

} // namespace

TEST_CASE("a wave is a drift and not a dozen change points") {
    for (const double cv : {0.01, 0.02}) {
        CAPTURE(cv);
        const Outcome found = outcome_of(any_wave, cv, {}, 51);
        CHECK(found.without > 12);
        CHECK(found.points <= 0.8 + 0.5);
        CHECK(found.drifting == doctest::Approx(1));
    }
}

TEST_CASE("a step of 30 % on a wave is found beside the drift") {
    for (const double cv : {0.01, 0.02}) {
        CAPTURE(cv);
        const Outcome found = outcome_of(
            [](Random& random) { return stepped(any_wave(random), {300}, 0.3); }, cv, {300}, 52);
        CHECK(found.true_points >= 0.95);
        CHECK(found.points <= 2.1 + 0.5);
    }
}

TEST_CASE("a climb of 20 % over 600 points is a drift without points") {
    const Outcome found = outcome_of([](Random&) { return climb(600, 0.2); }, 0.02, {}, 53);
    CHECK(found.without > 3);
    CHECK(found.points <= 0.1 + 0.5);
    CHECK(found.drifting >= 0.9);
}

TEST_CASE("a step of 10 % on a climb is found and the climb is a drift") {
    const Outcome found =
        outcome_of([](Random&) { return stepped(climb(600, 0.2), {300}, 0.1); }, 0.02, {300}, 54);
    CHECK(found.true_points >= 0.9);
    CHECK(found.points <= 1.2 + 0.5);
    CHECK(found.drifting >= 0.9);
}

TEST_CASE("the steps of a true staircase stay") {
    const Outcome four = outcome_of(
        [](Random&) {
            return stepped(flat(300), {60, 120, 180, 240}, 0.1);
        },
        0.02,
        {60, 120, 180, 240},
        55);
    CHECK(four.true_points >= 3.97 - 0.5);
    CHECK(four.points <= 4.5);
    const Outcome five = outcome_of(
        [](Random&) {
            return stepped(flat(120), {20, 40, 60, 80, 100}, 0.08);
        },
        0.02,
        {20, 40, 60, 80, 100},
        56);
    CHECK(five.true_points >= 3.8 - 0.5);
}

TEST_CASE("a step on a wave without noise is the one point of a series that drifts") {
    const auto values = stepped(wave(600, 0.1, 500, 0), {300}, 0.3);
    const Detection found = detect(values, Detector::assay);
    CHECK(found.roughness.smooth);
    CHECK(found.roughness.rho == 0);
    REQUIRE(found.points.size() == 1);
    CHECK(found.points[0].index == 300);
    REQUIRE(found.drifts.size() == 1);
    CHECK(found.drifts[0].first == 0);
    CHECK(found.drifts[0].end == 600);
}

} // namespace drift_simulation_test
