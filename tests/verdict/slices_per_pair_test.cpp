#include "verdict/slices_per_pair.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

namespace slices_per_pair_test {

using namespace assay::verdict;

namespace {

// Pairs whose centres and slices spread as given.
std::vector<std::vector<double>> simulated(double between, double within, std::size_t slices) {
    std::mt19937_64 random(5);
    std::normal_distribution<double> normal;
    std::vector<std::vector<double>> pairs(200);
    for (auto& pair : pairs) {
        const double centre = between * normal(random);
        for (std::size_t i = 0; i < slices; ++i) {
            pair.push_back(centre + within * normal(random));
        }
    }
    return pairs;
}

} // namespace

TEST_CASE(
    "the number of slices follows the square root of the costs and the ratio of the spreads") {
    // sqrt(400 * (0.02 / 0.01)^2) = 40, and pi/2 / 12 of the slices' variance is told from the
    // pairs'.
    const auto ratios = simulated(0.01, 0.02, 12);
    const auto slices = slices_per_pair({.pair_s = 0.4, .slice_s = 0.001}, ratios);
    CHECK(slices >= 32);
    CHECK(slices <= 50);
    const auto dearer = slices_per_pair({.pair_s = 1.6, .slice_s = 0.001}, ratios);
    CHECK(dearer == doctest::Approx(2 * slices).epsilon(0.02));
}

TEST_CASE("slices stay between eight and two hundred") {
    CHECK(slices_per_pair({.pair_s = 0.001, .slice_s = 1}, simulated(0.01, 0.02, 12)) == 8);
    CHECK(slices_per_pair({.pair_s = 1e6, .slice_s = 0.001}, simulated(0.01, 0.02, 12)) == 200);
}

TEST_CASE("pairs that differ no more than their slices explain want many slices") {
    CHECK(slices_per_pair({.pair_s = 0.4, .slice_s = 0.001}, simulated(0, 0.02, 12)) >= 100);
}

TEST_CASE("slices without any spread are not worth repeating") {
    CHECK(slices_per_pair({.pair_s = 0.4, .slice_s = 0.001}, simulated(0.01, 0, 12)) == 8);
}

TEST_CASE("too little to judge by takes the most slices") {
    CHECK(slices_per_pair({.pair_s = 0.4, .slice_s = 0.001}, {}) == 200);
    CHECK(slices_per_pair({.pair_s = 0, .slice_s = 0.001}, simulated(0.01, 0.02, 12)) == 200);
}

} // namespace slices_per_pair_test
