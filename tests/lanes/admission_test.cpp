// The admission test on simulated canary pairs of known truth.
#include "lanes/admission.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace assay;
using namespace assay::lanes;
using measure::KernelKind;

namespace {

struct Truth {
    double alu_cpu = 0, alu_wall = 0, memory_cpu = 0, memory_wall = 0; // log ratios
    double sd = 0.004;
    double wild = 0; // share of pairs with ten times the noise
};

struct Simulated {
    Ruling ruling = Ruling::open;
    std::size_t rounds = 0;
    AdmissionTest test;
};

Simulated simulate(const Truth& truth, unsigned seed, std::size_t rounds_max = 80) {
    std::mt19937_64 random(seed);
    const auto noise = [&] {
        const bool wild = std::uniform_real_distribution(0.0, 1.0)(random) < truth.wild;
        return std::normal_distribution(0.0, truth.sd * (wild ? 10 : 1))(random);
    };
    Simulated result;
    while (result.rounds < rounds_max && result.test.ruling() == Ruling::open) {
        ++result.rounds;
        result.test.add(KernelKind::alu,
                        {.cpu = truth.alu_cpu + noise(), .wall = truth.alu_wall + noise()});
        result.test.add(KernelKind::memory,
                        {.cpu = truth.memory_cpu + noise(), .wall = truth.memory_wall + noise()});
    }
    result.ruling = result.test.ruling();
    return result;
}

std::size_t rulings(const Truth& truth, Ruling ruling, unsigned runs) {
    std::size_t found = 0;
    for (unsigned run = 0; run < runs; ++run) {
        found += simulate(truth, 1000 + run).ruling == ruling ? 1 : 0;
    }
    return found;
}

} // namespace

TEST_CASE("a neighbour that nobody feels is let in within a second's worth of pairs") {
    CHECK(rulings({}, Ruling::admitted, 60) == 60);
    CHECK(rulings({.wild = 0.05}, Ruling::admitted, 60) >= 57);
}

TEST_CASE("a neighbour that slows one kernel in one clock is refused at once") {
    for (const Truth& truth : {Truth{.alu_cpu = 0.05},
                               Truth{.alu_wall = 0.05},
                               Truth{.memory_cpu = 0.05},
                               Truth{.memory_wall = 0.05},
                               Truth{.memory_cpu = -0.05}}) {
        CHECK(rulings(truth, Ruling::refused, 30) == 30);
        CHECK(simulate(truth, 7).rounds <= 10);
    }
}

TEST_CASE("a slowdown of just the margin is admitted in at most one run of twenty") {
    const double margin = std::log(1.01);
    CHECK(rulings({.memory_cpu = margin}, Ruling::admitted, 200) <= 19); // and 3 standard errors
    CHECK(rulings({.alu_wall = -margin}, Ruling::admitted, 200) <= 19);
}

TEST_CASE("a machine that is too restless to tell lets nobody in") {
    CHECK(rulings({.sd = 0.08}, Ruling::admitted, 60) == 0);
    const Simulated open = simulate({.sd = 0.08}, 3);
    CHECK(open.ruling == Ruling::open);
    CHECK(open.rounds == 80);
}

TEST_CASE("six pairs say nothing, however alike they are") {
    AdmissionTest test;
    CHECK_FALSE(test.slowdown(KernelKind::alu).has_value());
    for (int pair = 0; pair < 6; ++pair) {
        test.add(KernelKind::alu, {});
        test.add(KernelKind::memory, {});
    }
    CHECK(test.ruling() == Ruling::open);
    const auto slowdown = test.slowdown(KernelKind::alu);
    REQUIRE(slowdown.has_value());
    CHECK(slowdown->pairs == 6);
    CHECK_FALSE(std::isfinite(slowdown->interval.high));
}

TEST_CASE("one kernel alone never admits") {
    AdmissionTest test;
    for (int pair = 0; pair < 40; ++pair) {
        test.add(KernelKind::alu, {.cpu = 0.0001 * (pair % 3), .wall = 0.0001 * (pair % 5)});
    }
    CHECK(test.ruling(KernelKind::alu) == Ruling::admitted);
    CHECK(test.ruling() == Ruling::open);
}

TEST_CASE("what is told of a kernel is the clock that shows more, with its interval in percent") {
    const Simulated slow = simulate({.memory_cpu = std::log(1.12), .memory_wall = 0.001}, 5);
    const auto slowdown = slow.test.slowdown(KernelKind::memory);
    REQUIRE(slowdown.has_value());
    CHECK_FALSE(slowdown->of_wall_time);
    CHECK(slowdown->estimate == doctest::Approx(std::log(1.12)).epsilon(0.1));
    CHECK(text_of({.estimate = std::log(1.12),
                   .interval = {std::log(1.09), std::log(1.15)},
                   .pairs = 9}) == "12 % [9.0, 15]");
    CHECK(text_of({.estimate = 0, .interval = {-HUGE_VAL, HUGE_VAL}, .pairs = 3}) == "0.0 %");
}
