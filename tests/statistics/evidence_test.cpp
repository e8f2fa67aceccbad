#include "statistics/evidence.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace evidence_test {

using namespace assay::statistics;

namespace {

const double kOnePercent = std::log(1.01);

const std::vector<double> kSlower{0.021, 0.018, 0.025, -0.004, 0.020, 0.022, 0.019, 0.030};
const std::vector<double> kSame{
    0.001, -0.002, 0.0005, -0.001, 0.002, -0.0005, 0, 0.0015, -0.0012, 0.0008};

// `k` values above zero among `n`.
std::vector<double> signs(std::size_t k, std::size_t n) {
    std::vector<double> y(n, -1.0);
    std::fill_n(y.begin(), k, 1.0);
    return y;
}

double e_of_signs(std::size_t k, std::size_t n) {
    return std::exp(log_e_value(signs(k, n), EvidenceMethod::signs));
}

} // namespace

TEST_CASE("the mixture gives the values it was specified with") {
    const Evidence slower = evidence(kSlower, kOnePercent, EvidenceMethod::mixture);
    CHECK(std::exp(slower.log_e_slower) == doctest::Approx(6.9277).epsilon(1e-4));
    CHECK(std::exp(slower.log_e_faster) == doctest::Approx(0.010658).epsilon(1e-4));
    CHECK(std::exp(slower.log_e_below) == doctest::Approx(0.0441294).epsilon(1e-4));
    CHECK(std::exp(slower.log_e_above) == doctest::Approx(79.3226).epsilon(1e-4));
    const Evidence same = evidence(kSame, kOnePercent, EvidenceMethod::mixture);
    CHECK(std::exp(same.log_e_slower) == doctest::Approx(0.0177898).epsilon(1e-4));
    CHECK(std::exp(same.log_e_faster) == doctest::Approx(0.0170229).epsilon(1e-4));
    CHECK(std::exp(same.log_e_below) == doctest::Approx(219.841).epsilon(1e-4));
    CHECK(std::exp(same.log_e_above) == doctest::Approx(220.719).epsilon(1e-4));
    CHECK(same.log_e_same() == same.log_e_below);
}

TEST_CASE("no verdict is possible before the sixth pair") {
    const auto all_won = [](std::size_t n) {
        return std::exp(log_e_value(signs(n, n), EvidenceMethod::mixture));
    };
    CHECK(all_won(1) == doctest::Approx(1.65).epsilon(1e-3));
    CHECK(all_won(5) == doctest::Approx(15.07).epsilon(1e-3));
    CHECK(all_won(6) == doctest::Approx(27.29).epsilon(1e-3));
    CHECK(all_won(11) == doctest::Approx(602.7).epsilon(1e-3));
}

TEST_CASE("the method of signs gives the values it was specified with") {
    CHECK(e_of_signs(5, 5) == doctest::Approx(15.6418).epsilon(1e-5));
    CHECK(e_of_signs(6, 6) == doctest::Approx(28.7827).epsilon(1e-5));
    CHECK(e_of_signs(10, 12) == doctest::Approx(8.13233).epsilon(1e-5));
    CHECK(e_of_signs(20, 30) == doctest::Approx(1.52672).epsilon(1e-5));
    CHECK(e_of_signs(15, 30) == doctest::Approx(0.144464).epsilon(1e-5));
    CHECK(e_of_signs(0, 3) == doctest::Approx(0.165728).epsilon(1e-5));
}

TEST_CASE("the expectation of the signs e-value over all fair sign patterns is exactly 1") {
    for (std::size_t n = 1; n <= 12; ++n) {
        double sum = 0;
        double choose = 1;
        for (std::size_t k = 0; k <= n; ++k) {
            sum += choose * e_of_signs(k, n);
            choose = choose * static_cast<double>(n - k) / static_cast<double>(k + 1);
        }
        CHECK(sum == doctest::Approx(std::pow(2.0, n)).epsilon(1e-10));
    }
}

TEST_CASE("thousands of pairs neither overflow nor lose evidence") {
    for (const EvidenceMethod method : {EvidenceMethod::mixture, EvidenceMethod::signs}) {
        const double won = log_e_value(signs(5000, 5000), method);
        CHECK(std::isfinite(won));
        CHECK(won > 3000);
        const double lost = log_e_value(signs(0, 5000), method);
        CHECK(std::isfinite(lost));
        CHECK(lost < 0);
        CHECK(std::isfinite(log_e_value(signs(2500, 5000), method)));
    }
}

TEST_CASE("evidence does not depend on the order of the pairs") {
    std::vector<double> shuffled = kSlower;
    std::ranges::reverse(shuffled);
    std::swap(shuffled[1], shuffled[5]);
    for (const EvidenceMethod method : {EvidenceMethod::mixture, EvidenceMethod::signs}) {
        const Evidence a = evidence(kSlower, kOnePercent, method);
        const Evidence b = evidence(shuffled, kOnePercent, method);
        CHECK(a.log_e_slower == doctest::Approx(b.log_e_slower).epsilon(1e-12));
        CHECK(a.log_e_above == doctest::Approx(b.log_e_above).epsilon(1e-12));
    }
}

TEST_CASE("evidence falls as the centre it is held against rises") {
    for (const EvidenceMethod method : {EvidenceMethod::mixture, EvidenceMethod::signs}) {
        double before = HUGE_VAL;
        for (double mu = -0.05; mu <= 0.05; mu += 0.0005) {
            std::vector<double> y = kSlower;
            for (double& value : y) {
                value -= mu;
            }
            const double log_e = log_e_value(y, method);
            CHECK(log_e <= before);
            before = log_e;
        }
    }
}

TEST_CASE("a tie counts against, and no pair at all says nothing") {
    CHECK(log_e_value(std::vector{0.0}, EvidenceMethod::mixture) < 0);
    CHECK(log_e_value(std::vector{0.0}, EvidenceMethod::signs) < 0);
    CHECK(log_e_value({}, EvidenceMethod::mixture) == 0);
    CHECK(log_e_value({}, EvidenceMethod::signs) == 0);
}

TEST_CASE("the always-valid interval has the values it was specified with") {
    const ValidInterval slower = always_valid_interval(kSlower, 0.05, EvidenceMethod::mixture);
    CHECK(slower.low == doctest::Approx(-0.004).epsilon(1e-6));
    CHECK(slower.high == doctest::Approx(0.030).epsilon(1e-6));
    const ValidInterval same = always_valid_interval(kSame, 0.05, EvidenceMethod::mixture);
    CHECK(same.low == doctest::Approx(-0.002).epsilon(1e-6));
    CHECK(same.high == doctest::Approx(0.002).epsilon(1e-6));
}

TEST_CASE("the interval is unbounded before the seventh pair") {
    for (std::size_t n = 0; n < 7; ++n) {
        const std::vector<double> x(kSame.begin(), kSame.begin() + static_cast<std::ptrdiff_t>(n));
        const ValidInterval interval = always_valid_interval(x, 0.05, EvidenceMethod::mixture);
        CHECK(interval.low == -HUGE_VAL);
        CHECK(interval.high == HUGE_VAL);
    }
    const std::vector<double> seven(kSame.begin(), kSame.begin() + 7);
    CHECK(std::isfinite(always_valid_interval(seven, 0.05, EvidenceMethod::mixture).low));
}

TEST_CASE("every factor of the mixture expects at most 1 under symmetric noise about its null") {
    constexpr double kSd = 0.02;
    const std::vector<std::function<double(double)>> densities{
        [](double z) { return std::exp(-z * z / 2); },           // normal
        [](double z) { return std::pow(1 + z * z / 3, -2); },    // Student t, 3
        [](double z) { return std::exp(-std::abs(z)); },         // Laplace
        [](double z) { return std::abs(z) <= 1.7 ? 1.0 : 0.0; }, // uniform
        [](double z) {                                           // two modes
            return std::exp(-8 * (z - 1) * (z - 1)) + std::exp(-8 * (z + 1) * (z + 1));
        }};
    for (const auto& density : densities) {
        // Centres on the null's border and below it.
        for (const double centre : {0.0, -0.001, -0.02}) {
            double mass = 0;
            double expectation = 0;
            for (double z = -12.0005; z < 12; z += 0.001) {
                const std::vector<double> y{centre + kSd * z};
                mass += density(z);
                expectation += density(z) * std::exp(log_e_value(y, EvidenceMethod::mixture));
            }
            CHECK(expectation / mass <= 1 + 1e-6);
        }
    }
}

} // namespace evidence_test
