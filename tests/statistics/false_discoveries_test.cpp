#include "statistics/false_discoveries.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>

namespace false_discoveries_test {

using namespace assay::statistics;

namespace {

using Indices = std::vector<std::size_t>;

} // namespace

TEST_CASE("the example of Benjamini and Hochberg has its four discoveries") {
    // Section 4.1 of the paper: fifteen p values, q = 0.05.
    const std::vector<double> p{0.0001,
                                0.0004,
                                0.0019,
                                0.0095,
                                0.0201,
                                0.0278,
                                0.0298,
                                0.0344,
                                0.0459,
                                0.3240,
                                0.4262,
                                0.5719,
                                0.6528,
                                0.7590,
                                1.0000};
    CHECK(benjamini_hochberg(p, 0.05) == Indices{0, 1, 2, 3});
}

TEST_CASE("a p value that is too large alone counts where larger ones pass") {
    const std::vector<double> p{0.04, 0.5, 0.03, 0.045, 0.02};
    CHECK(benjamini_hochberg(p, 0.05).empty());
    CHECK(benjamini_hochberg(std::vector{0.05, 0.03, 0.04}, 0.05) == Indices{0, 1, 2});
}

TEST_CASE("no p values give no discoveries and NaN is none") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(benjamini_hochberg({}, 0.05).empty());
    CHECK(benjamini_hochberg(std::vector{nan, 1.0, 1.0}, 0.05).empty());
    CHECK(benjamini_hochberg(std::vector{nan, 0.001}, 0.05) == Indices{1});
}

TEST_CASE("of 500 series without a change hardly one is called, not 25") {
    std::mt19937_64 random(41);
    std::uniform_real_distribution<double> uniform;
    std::size_t called = 0, alone = 0;
    for (int run = 0; run < 100; ++run) {
        std::vector<double> p(500);
        for (double& one : p) {
            one = uniform(random);
            alone += one <= 0.05 ? 1 : 0;
        }
        called += benjamini_hochberg(p, 0.05).empty() ? 0 : 1;
    }
    CHECK(alone > 100 * 20);
    CHECK(called <= 12); // 5 % of 100 runs, and three standard errors
}

} // namespace false_discoveries_test
