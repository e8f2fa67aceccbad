#include "verdict/comparison.hpp"
#include "verdict/limit_test.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

using namespace assay;
using namespace assay::verdict;
using statistics::EvidenceMethod;

namespace {

std::vector<double> pairs_around(double centre, std::size_t n, std::uint64_t seed, double sd) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> noise(centre, sd);
    std::vector<double> x(n);
    for (double& one : x) {
        one = noise(random);
    }
    return x;
}

LimitState state_of(const std::vector<double>& x, double limit) {
    return test_limits({{{.x = x, .limit = limit}}}, 0.05, EvidenceMethod::mixture).front();
}

} // namespace

TEST_CASE("pairs well beyond a limit break it, pairs well below keep it") {
    const auto x = pairs_around(std::log(1.30), 8, 1, 0.002);
    CHECK(state_of(x, std::log1p(0.20)) == LimitState::broken);
    CHECK(state_of(x, std::log1p(0.40)) == LimitState::kept);
}

TEST_CASE("a change of exactly the limit neither breaks it nor is shown to be below") {
    const std::vector<double> x(100, std::log1p(0.20));
    CHECK(state_of(x, std::log1p(0.20)) == LimitState::undecided);
}

TEST_CASE("five pairs decide no limit") {
    CHECK(state_of(std::vector<double>(5, 1.0), 0.1) == LimitState::undecided);
    CHECK(state_of(std::vector<double>(6, 1.0), 0.1) == LimitState::broken);
}

TEST_CASE("one broken limit among many needs as much more evidence as there are others") {
    const std::vector<double> far(6, 1.0);
    const std::vector<double> near(6, 0.0);
    std::vector<LimitQuestion> questions(20, {.x = near, .limit = 0.1});
    questions[3].x = far;
    auto states = test_limits(questions, 0.05, EvidenceMethod::mixture);
    CHECK(states[3] == LimitState::undecided); // E is 27, 20 * 20 would be needed
    const std::vector<double> longer(11, 1.0);
    questions[3].x = longer;
    states = test_limits(questions, 0.05, EvidenceMethod::mixture);
    CHECK(states[3] == LimitState::broken);
    CHECK(states[4] == LimitState::kept);
}

TEST_CASE("a limit that is exactly reached is broken in at most one run of twenty") {
    constexpr int kRuns = 1000;
    const double limit = std::log1p(0.10);
    int broken = 0;
    for (int run = 0; run < kRuns; ++run) {
        // Looked at after every pair: the worst that a user could do.
        const auto x = pairs_around(limit, 60, static_cast<std::uint64_t>(run) + 1, 0.02);
        statistics::EProcess beyond(EvidenceMethod::mixture);
        bool crossed = false;
        for (const double one : x) {
            beyond.add(one - limit);
            crossed |= beyond.log_e() >= std::log(20);
        }
        broken += crossed ? 1 : 0;
    }
    CHECK(broken <= 70); // 5 % and three standard errors
    CHECK(broken > 0);   // so that the test could see a broken rule
}

TEST_CASE("losses and gains are distances on the metric's own scale") {
    // Latency 100 -> 120 and throughput 100 -> 80 both lose a fifth.
    CHECK(limit_of_loss(0.20, false) == doctest::Approx(std::log(120.0 / 100)));
    CHECK(limit_of_loss(0.20, true) == doctest::Approx(-std::log(80.0 / 100)));
    // Latency 100 -> 95 and throughput 100 -> 105 both gain a twentieth.
    CHECK(limit_of_gain(0.05, false) == doctest::Approx(std::log(95.0 / 100)));
    CHECK(limit_of_gain(0.05, true) == doctest::Approx(-std::log(105.0 / 100)));
}

TEST_CASE("a case that is decided stays open until its limit is answered, and its verdict stands") {
    Comparison comparison({}, 1);
    comparison.watch_limit(0, std::log1p(0.04), 1);
    // Clearly slower than 1 %, and around the limit of 4 %.
    for (int i = 0; i < 12; ++i) {
        comparison.add_pair(0, {.x = std::log1p(i % 2 == 0 ? 0.035 : 0.045), .seconds = 0.05});
    }
    CHECK(comparison.finding(0).verdict == Verdict::slower);
    CHECK(comparison.finding(0).pairs == 12);
    CHECK_FALSE(comparison.complete());
    CHECK(comparison.next_series(10) == 0u);
    CHECK(comparison.finding(0).seconds_needed.has_value());
    const double frozen = comparison.finding(0).evidence.log_e_slower;
    for (int i = 0; i < 60; ++i) {
        comparison.add_pair(0, {.x = std::log1p(0.03), .seconds = 0.05});
    }
    CHECK(comparison.complete());
    CHECK_FALSE(comparison.next_series(10).has_value());
    CHECK(comparison.finding(0).evidence.log_e_slower == frozen);
}

TEST_CASE("a limit far from the change costs no pairs beyond those of the verdict") {
    Comparison comparison({}, 1);
    comparison.watch_limit(0, std::log1p(0.20), 1);
    for (int i = 0; i < 6; ++i) {
        CHECK_FALSE(comparison.complete());
        comparison.add_pair(0, {.x = 0.0, .seconds = 0.05});
    }
    CHECK(comparison.finding(0).verdict == Verdict::same);
    CHECK(comparison.complete());
}
