// What is learnt of the newest runs, on seeded streams whose truth is known.
#include "verdict/levels.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace levels_simulation_test {

using namespace assay;
using namespace assay::verdict;

namespace {

constexpr int kStreams = 500;
constexpr double kSpread = 0.01;

// `good` runs about 1, then `bad` ones about `level`; each resembles the one before it by `rho`.
std::vector<StoredPoint>
stream(std::mt19937_64& random, std::size_t good, std::size_t bad, double level, double rho) {
    std::normal_distribution<double> normal(0, kSpread);
    std::vector<StoredPoint> points;
    double off = normal(random);
    for (std::size_t i = 0; i < good + bad; ++i) {
        points.push_back({.run = "", .figure = (i < good ? 1 : level) * (1 + off)});
        off = rho * off + std::sqrt(1 - rho * rho) * normal(random);
    }
    return points;
}

// The share of the newest `of` runs that no baseline rests on.
double set_aside(std::size_t good, std::size_t bad, double level, double rho, std::size_t of) {
    std::mt19937_64 random(20261123 + good + bad);
    std::size_t aside = 0;
    for (int i = 0; i < kStreams; ++i) {
        std::vector<StoredPoint> points = stream(random, good, bad, level, rho);
        mark_levels(points, {.unit = "s", .direction = measure::Direction::lower}, {});
        aside += static_cast<std::size_t>(
            std::ranges::count_if(std::span(points).last(of), &StoredPoint::set_aside));
    }
    return static_cast<double>(aside) / static_cast<double>(kStreams * of);
}

} // namespace

TEST_CASE(
    "of the first four runs of a level far off nothing is learnt, be neighbours alike or not") {
    for (const std::size_t good : {5U, 10U, 25U, 60U}) {
        for (const std::size_t bad : {1U, 2U, 3U, 4U}) {
            CAPTURE(good);
            CAPTURE(bad);
            CHECK(set_aside(good, bad, 1.5, 0, bad) == 1);
            CHECK(set_aside(good, bad, 1.5, 0.5, bad) == 1);
            if (good >= 10) { // of five, two runs 10 % off are learnt in two of five streams
                CHECK(set_aside(good, bad, 1.1, 0, bad) > 0.99);
            }
        }
    }
}

TEST_CASE("of runs that did not change one in a hundred is not learnt at once") {
    for (const std::size_t runs : {5U, 10U, 25U, 60U}) {
        CAPTURE(runs);
        CHECK(set_aside(runs, 0, 1, 0, 1) < 0.028); // 0.01 and four standard errors of the streams
    }
}

} // namespace levels_simulation_test
