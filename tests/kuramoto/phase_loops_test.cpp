// The hot loops, on the level of this processor and on the one that all have.
#include "drawn_problems.hpp"
#include "kuramoto/aligned_values.hpp"
#include "kuramoto/phase_loops.hpp"
#include "kuramoto/rk4.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace phase_loops_test {

using namespace kuramoto_test;

TEST_CASE("sines and cosines are right to the last digits, for small angles and large ones") {
    constexpr std::size_t kCount = 4000;
    for (const double range : {1e-8, 1.0, 30.0, 1e4, 1e9}) {
        CAPTURE(range);
        const std::vector<double> angles = drawn(kCount, 7, range);
        AlignedValues theta(kCount), s(kCount), c(kCount);
        theta.assign(angles);
        for (const PhaseLoops* loops : {&phase_loops(), &v1::phase_loops()}) {
            const PhaseSums sums = loops->sincos(theta.data(), s.data(), c.data(), kCount);
            double most = 0, of_sin = 0, of_cos = 0;
            for (std::size_t i = 0; i < kCount; ++i) {
                most = std::max({most,
                                 std::abs(s.data()[i] - std::sin(angles[i])),
                                 std::abs(c.data()[i] - std::cos(angles[i]))});
                of_sin += std::sin(angles[i]);
                of_cos += std::cos(angles[i]);
            }
            CHECK(most <= 5.5e-16);
            CHECK(std::abs(sums.sin - of_sin) < 1e-11);
            CHECK(std::abs(sums.cos - of_cos) < 1e-11);
        }
    }
}

TEST_CASE("angles at and beside the multiples of a right one keep their signs") {
    AlignedValues theta(64), s(64), c(64);
    for (std::size_t i = 0; i < 64; ++i) {
        theta.data()[i] = (static_cast<double>(i) - 32) * std::acos(0.0);
    }
    static_cast<void>(phase_loops().sincos(theta.data(), s.data(), c.data(), 64));
    for (std::size_t i = 0; i < 64; ++i) {
        CHECK(std::abs(s.data()[i] - std::sin(theta.data()[i])) <= 5e-16);
        CHECK(std::abs(c.data()[i] - std::cos(theta.data()[i])) <= 5e-16);
    }
}

TEST_CASE("forty thousand oscillators in a field step as their rates say, stage by stage") {
    constexpr std::size_t kMany = 40'013; // no whole block, no whole vector
    const Problem problem{lorentzian_frequencies(kMany, 0.5), MeanField{2}};
    const std::vector<double> start = ott_antonsen_start(kMany, 0.3);
    Rk4 far(problem, start, 0.05);
    far.steps(10);
    std::vector<double> theta = start, rate(kMany), next(kMany), sum(kMany);
    RightHandSide right(problem, Way::fast);
    const double shifts[] = {0.025, 0.025, 0.05, 0}, weights[] = {1, 2, 2, 1};
    for (int step = 0; step < 10; ++step) {
        next = theta;
        std::fill(sum.begin(), sum.end(), 0);
        for (std::size_t stage = 0; stage < 4; ++stage) {
            AlignedValues at(kMany), out(kMany);
            at.assign(next);
            right(at.data(), out.data());
            for (std::size_t i = 0; i < kMany; ++i) {
                sum[i] += weights[stage] * out.data()[i];
                next[i] = theta[i] + shifts[stage] * out.data()[i];
            }
        }
        for (std::size_t i = 0; i < kMany; ++i) {
            theta[i] += 0.05 / 6 * sum[i];
        }
    }
    double most = 0;
    for (std::size_t i = 0; i < kMany; ++i) {
        most = std::max(most, std::abs(theta[i] - far.phases()[i]) / (1 + std::abs(theta[i])));
    }
    CHECK(most < 1e-13);
}

} // namespace phase_loops_test
