#include "active_inference/hierarchy/belief_change.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace assay::active_inference;

namespace {

using Values = std::vector<double>;

} // namespace

TEST_CASE("the divergence of distributions that differ much is the sum of p ln p over q") {
    const Values p{0.7, 0.2, 0.1};
    const Values q{0.1, 0.3, 0.6};
    double expected = 0;
    for (std::size_t s = 0; s < p.size(); ++s) {
        expected += p[s] * std::log(p[s] / q[s]);
    }
    CHECK(divergence(p, q) == doctest::Approx(expected).epsilon(1e-14));
    CHECK(divergence(p, p) == 0);
}

TEST_CASE("the divergence of distributions that hardly differ keeps its digits") {
    for (const double change : {1e-3, 1e-5, 1e-8, 1e-12}) {
        CAPTURE(change);
        const Values q{0.5, 0.5};
        const Values p{0.5 * (1 + change), 0.5 * (1 - change)};
        const double d = (p[0] - q[0]) / q[0]; // as the numbers came out
        CHECK(divergence(p, q) == doctest::Approx(0.5 * d * d + d * d * d * d / 12).epsilon(1e-7));
        CHECK(divergence(p, q) > 0);
    }
}

TEST_CASE(
    "a state that was held impossible makes the divergence infinite and the reverse does not") {
    const Values p{0.5, 0.5, 0};
    const Values q{1, 0, 0};
    CHECK(std::isinf(divergence(p, q)));
    CHECK(divergence(q, p) == doctest::Approx(std::log(2)).epsilon(1e-14));
    CHECK(divergence(q, q) == 0);
}

TEST_CASE("a state that was all but impossible gives a finite divergence") {
    for (const double small : {1e-30, 1e-300, 5e-324}) {
        CAPTURE(small);
        const Values p{0.25, 0.75};
        const Values q{small, 1};
        const double expected = 0.25 * (std::log(0.25) - std::log(small)) + 0.75 * std::log(0.75);
        CHECK(divergence(p, q) == doctest::Approx(expected).epsilon(1e-14));
        CHECK(divergence(q, p) == doctest::Approx(-std::log(0.75)).epsilon(1e-14));
    }
}

TEST_CASE("a divergence is above every threshold below it and above no other") {
    const Values p{0.7, 0.2, 0.1};
    const Values q{0.1, 0.3, 0.6};
    const double exact = divergence(p, q);
    UpdateCost cost;
    CHECK(diverges(p, q, 0, cost));
    CHECK(diverges(p, q, exact * (1 - 1e-12), cost));
    CHECK_FALSE(diverges(p, q, exact, cost));
    CHECK_FALSE(diverges(p, p, 0, cost));
    CHECK(diverges(Values{0.5, 0.5}, Values{1, 0}, 1e300, cost));
}

TEST_CASE("a divergence counts the terms that the answer needed and no others") {
    const Values p{0.7, 0.2, 0.1};
    const Values q{0.1, 0.3, 0.6};
    UpdateCost all, few, equal;
    (void)diverges(p, q, 1e9, all);
    CHECK(all == UpdateCost{.multiply_adds = 3 * 6, .logarithms = 2 + 1 + 2});
    (void)diverges(p, q, 0, few); // the first term is above
    CHECK(few == UpdateCost{.multiply_adds = 6, .logarithms = 2});
    (void)diverges(p, p, 0, equal); // by the series
    CHECK(equal == UpdateCost{.multiply_adds = 3 * 9});
    (void)diverges(p, p, 0, equal); // is added
    CHECK(equal == UpdateCost{.multiply_adds = 6 * 9});
}

TEST_CASE("the largest change is that of the entry that changed most") {
    CHECK(largest_change(Values{0.1, 0.9}, Values{0.3, 0.7}) == doctest::Approx(0.2));
}
