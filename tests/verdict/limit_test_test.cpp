#include "verdict/limit_test.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

namespace limit_test_test {

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
    return test_limits({{{.x = x, .limit = limit}}}, 1, 0.05, EvidenceMethod::mixture).front();
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
    auto states = test_limits(questions, questions.size(), 0.05, EvidenceMethod::mixture);
    CHECK(states[3] == LimitState::undecided); // E is 27, 20 * 20 would be needed
    const std::vector<double> longer(11, 1.0);
    questions[3].x = longer;
    states = test_limits(questions, questions.size(), 0.05, EvidenceMethod::mixture);
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

TEST_CASE(
    "what a family asked before the first pair counts, whether it came to have figures or not") {
    const std::vector<double> far(6, 1.0);
    const std::vector<LimitQuestion> questions{{.x = far, .limit = 0.1}};
    const auto state = [&](std::size_t m) {
        return test_limits(questions, m, 0.05, EvidenceMethod::mixture).front();
    };
    CHECK(state(1) == LimitState::broken);
    CHECK(state(0) == LimitState::broken);    // never fewer than there are
    CHECK(state(2) == LimitState::undecided); // E is 27, 40 would be needed
}

TEST_CASE("a change that differs from the limit in its last digits lies on it") {
    // 0.60 - 0.59 is a little more than 0.01 in binary, and no reason to fail anybody.
    CHECK(state_of(std::vector<double>(60, 0.60 - 0.59), 0.01) == LimitState::undecided);
    LimitEvidence evidence(EvidenceMethod::mixture);
    for (int i = 0; i < 20; ++i) {
        evidence.add((0.60 - 0.59) - 0.01);
    }
    CHECK(evidence.is_on_the_limit());
    evidence.add(0.001);
    CHECK_FALSE(evidence.is_on_the_limit());
}

} // namespace limit_test_test
