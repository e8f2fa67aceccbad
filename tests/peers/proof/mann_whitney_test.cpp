#include "mann_whitney.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

namespace mann_whitney_test {

using proof::two_sided_p;
using proof::UTest;

namespace {

using Values = std::vector<double>;

double p_of(const Values& a, const Values& b, UTest how = UTest::as_scipy_chooses) {
    const auto p = two_sided_p(a, b, how);
    REQUIRE(p);
    return *p;
}

} // namespace

TEST_CASE("the U test gives the figures of scipy's documentation, exact and approximate") {
    const Values males{19, 22, 16, 29, 24};
    const Values females{20, 11, 17, 12};
    CHECK(p_of(males, females) == doctest::Approx(1.0 / 9).epsilon(1e-12));
    CHECK(p_of(females, males) == doctest::Approx(1.0 / 9).epsilon(1e-12));
    CHECK(p_of(males, females, UTest::normal) ==
          doctest::Approx(0.11134688653314041).epsilon(1e-12));
}

TEST_CASE("the U test gives the figures of Google Benchmark's own tests of compare.py") {
    // Two and two, two and three values, by the approximation that scipy chose when they were
    // written.
    CHECK(p_of({9, 8}, {10, 7}, UTest::normal) == doctest::Approx(1.0));
    CHECK(p_of({90, 86}, {89, 72}, UTest::normal) == doctest::Approx(0.6985353583033387));
    CHECK(p_of({80, 77}, {75, 66.6, 60}, UTest::normal) == doctest::Approx(0.14891467317876572));
}

TEST_CASE("the U test gives R's figures for wilcox.test without its exact distribution") {
    CHECK(p_of({1, 2, 3}, {4, 5, 6}, UTest::normal) == doctest::Approx(0.0808556).epsilon(1e-6));
    CHECK(p_of({1, 2, 3}, {4, 5, 6}) == doctest::Approx(0.1)); // 2 of 20 arrangements
    CHECK(p_of({1, 2, 3, 4}, {5, 6, 7, 8}, UTest::normal) ==
          doctest::Approx(0.030382821976577504).epsilon(1e-12));
}

TEST_CASE("ties get mid-ranks and a smaller variance, and never the exact distribution") {
    // By hand: U = 1, variance 9/12 (7 - 24/30) = 4.65, z = 3 / sqrt(4.65).
    CHECK(p_of({1, 2, 2}, {2, 3, 4}) == doctest::Approx(0.1641597).epsilon(1e-6));
    CHECK(p_of({5, 5, 5}, {5, 5, 5}) == 1.0);
}

TEST_CASE("ten repetitions a side take the approximation, as scipy does above eight") {
    Values a, b;
    for (int i = 0; i < 10; ++i) {
        a.push_back(i);
        b.push_back(i + 10);
    }
    // By hand: U = 100, mean 50, variance 175, z = 49.5 / sqrt(175).
    CHECK(p_of(a, b) == doctest::Approx(0.000182672).epsilon(1e-5));
    CHECK(p_of(a, b, UTest::exact) == doctest::Approx(2.0 / 184756).epsilon(1e-12));
    // U = 77 is the first that compare.py calls significant: z = 26.5 / sqrt(175).
    b = {1.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 12.5};
    CHECK(p_of(a, b) == doctest::Approx(0.04515457).epsilon(1e-6));
    b[0] = 0.5;
    CHECK(p_of(a, b) == doctest::Approx(0.05390256).epsilon(1e-6));
    CHECK(p_of(a, a) == 1.0);
}

TEST_CASE("the exact distribution of U sums to one and is symmetric") {
    // P(U >= 0) = 1, so the two-sided figure of the middle is cut at 1.
    CHECK(p_of({1, 4}, {2, 3}) == 1.0);
    CHECK(p_of({1}, {2}) == 1.0);
    CHECK(p_of({1, 2}, {3, 4}) == doctest::Approx(2.0 / 6));
}

TEST_CASE("a U test of nothing or of a NaN says nothing") {
    CHECK_FALSE(two_sided_p(Values{}, Values{1.0}));
    CHECK_FALSE(two_sided_p(Values{1.0}, Values{}));
    CHECK_FALSE(two_sided_p(Values{1.0, std::numeric_limits<double>::quiet_NaN()}, Values{1.0}));
}

} // namespace mann_whitney_test
