#include "binomial_interval.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace binomial_interval_test {

using proof::binomial_interval;

TEST_CASE("the interval of a share gives the figures of closed forms and of tables") {
    // 0 of n: [0, 1 - (alpha/2)^(1/n)]; n of n mirrors it.
    const auto none = binomial_interval(0, 100, 0.95);
    CHECK(none.low == 0);
    CHECK(none.high == doctest::Approx(1 - std::pow(0.025, 0.01)).epsilon(1e-9));
    const auto all = binomial_interval(100, 100, 0.95);
    CHECK(all.low == doctest::Approx(std::pow(0.025, 0.01)).epsilon(1e-9));
    CHECK(all.high == 1);
    // R: binom.test(5, 10) and binom.test(1, 100).
    const auto half = binomial_interval(5, 10, 0.95);
    CHECK(half.low == doctest::Approx(0.1870860).epsilon(1e-6));
    CHECK(half.high == doctest::Approx(0.8129140).epsilon(1e-6));
    const auto one = binomial_interval(1, 100, 0.95);
    CHECK(one.low == doctest::Approx(0.0002531460).epsilon(1e-5));
    CHECK(one.high == doctest::Approx(0.0544594).epsilon(1e-5));
}

TEST_CASE("nothing counted is known of no share") {
    CHECK(binomial_interval(0, 0, 0.95).low == 0);
    CHECK(binomial_interval(0, 0, 0.95).high == 1);
}

} // namespace binomial_interval_test
