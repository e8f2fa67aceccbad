#include "random_source/random_source.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace random_source_test {

using namespace assay;

TEST_CASE("the same seed gives the same numbers and another seed gives others") {
    RandomSource a(7), b(7), c(8);
    const std::uint64_t first = a.next();
    CHECK(first == b.next());
    CHECK(first != c.next());
}

TEST_CASE("the numbers are those of SplitMix64") {
    // First outputs of the reference implementation for seed 1234567.
    RandomSource random(1234567);
    CHECK(random.next() == 6457827717110365317ull);
    CHECK(random.next() == 3203168211198807973ull);
}

TEST_CASE("unit numbers lie in the half-open unit interval with mean one half") {
    RandomSource random(1);
    double sum = 0;
    for (int i = 0; i < 100'000; ++i) {
        const double x = random.unit();
        REQUIRE(x >= 0);
        REQUIRE(x < 1);
        sum += x;
    }
    // Standard error 1 / sqrt(12e5) = 0.0009; five of them.
    CHECK(sum / 100'000 == doctest::Approx(0.5).epsilon(0.01));
}

TEST_CASE("whole numbers below a bound are all equally likely") {
    RandomSource random(3);
    std::vector<double> counts(7);
    constexpr int kDraws = 70'000;
    for (int i = 0; i < kDraws; ++i) {
        counts[random.below(7)] += 1;
    }
    double chi_square = 0;
    for (const double count : counts) {
        chi_square += (count - kDraws / 7.0) * (count - kDraws / 7.0) / (kDraws / 7.0);
    }
    CHECK(chi_square < 22.5); // 6 degrees of freedom: exceeded once in 1000 seeds
    CHECK(random.below(1) == 0);
}

TEST_CASE("derived seeds differ by purpose and by seed") {
    CHECK(derived_seed(1, 1) != derived_seed(1, 2));
    CHECK(derived_seed(1, 1) != derived_seed(2, 1));
    CHECK(derived_seed(1, 2) != derived_seed(2, 1));
}

} // namespace random_source_test
