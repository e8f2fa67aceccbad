#include "verdict/machine_decisions.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

namespace machine_decisions_test {

using namespace assay;
using namespace assay::verdict;
using measure::Clock;

namespace {

struct Noise {
    double cpu_sd = 0.002;
    double wall_sd = 0.002;
    std::uint64_t tick_ns = 1;
};

// Slices of 0.7 ms of CPU time, as a clock of that tick sees them one after the other.
std::vector<measure::SliceRecord> slices(const Noise& noise, std::size_t n, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> cpu(0, noise.cpu_sd);
    std::normal_distribution<double> waiting(0, noise.wall_sd);
    std::vector<measure::SliceRecord> records(n);
    std::uint64_t spent_ns = 0;
    for (measure::SliceRecord& one : records) {
        const std::uint64_t before_ns = spent_ns;
        spent_ns += static_cast<std::uint64_t>(700'000 * std::exp(cpu(random)));
        one.thread_cpu_ns = (spent_ns / noise.tick_ns - before_ns / noise.tick_ns) * noise.tick_ns;
        one.wall_ns = static_cast<std::uint64_t>(701'000 * std::exp(waiting(random)));
    }
    return records;
}

measure::KernelSlices kernels(const Noise& noise, std::uint64_t seed, std::size_t n = 192) {
    return {.alu = slices(noise, n, seed), .memory = slices(noise, n, seed + 1)};
}

Resolution resolved(const Noise& free, const Noise& pinned, std::size_t n = 192) {
    measure::MachineSample sample;
    sample.free = kernels(free, 1, n);
    sample.pinned = kernels(pinned, 3, n);
    return resolution_of(sample);
}

} // namespace

TEST_CASE("pinning is kept where one CPU is as good as the scheduler's choice, or better") {
    CHECK(pinning_of(resolved({}, {})).kept);
    const Resolution better = resolved({.cpu_sd = 0.05, .wall_sd = 0.05}, {.cpu_sd = 0.01});
    CHECK(pinning_of(better).kept);
    CHECK(better.slice_sd == better.pinned->slice_sd);
    CHECK(better.slice_sd < better.free.slice_sd);
}

TEST_CASE("pinning is given up where neighbouring slices differ twice as much on one CPU") {
    const Resolution worse = resolved({.cpu_sd = 0.02, .wall_sd = 0.02}, {.cpu_sd = 0.08});
    const PinningDecision decision = pinning_of(worse);
    CHECK_FALSE(decision.kept);
    CHECK(decision.reason.find("left to the scheduler") != std::string::npos);
    // What is stated of the machine is what workers will meet.
    CHECK(worse.slice_sd == worse.free.slice_sd);
    CHECK(worse.pair_sd == worse.free.pair_sd);
}

TEST_CASE("pinning is kept where its spread is harmless, or the sample too short to give it up") {
    CHECK(pinning_of(resolved({.cpu_sd = 0.0005}, {.cpu_sd = 0.004})).kept);
    CHECK(pinning_of(resolved({.cpu_sd = 0.02, .wall_sd = 0.02}, {.cpu_sd = 0.08}, 48)).kept);
}

TEST_CASE("a speed that differs from CPU to CPU is no reason to give up pinning") {
    measure::MachineSample sample;
    sample.free = kernels({}, 1);
    sample.pinned = kernels({}, 3);
    for (auto* const slices : {&sample.pinned.alu, &sample.pinned.memory}) {
        for (std::size_t i = 0; i < slices->size(); ++i) {
            if (i / measure::kSlicesPerShortPair % 2 == 1) { // every other pair on a slow core
                (*slices)[i].thread_cpu_ns *= 2;
            }
        }
    }
    const Resolution resolution = resolution_of(sample);
    CHECK(resolution.pinned->slice_sd > 0.3);
    CHECK(pinning_of(resolution).kept);
}

TEST_CASE("with one CPU, or without permission to choose, pinning stays as it was asked for") {
    measure::MachineSample sample;
    sample.free = kernels({}, 1);
    const Resolution resolution = resolution_of(sample);
    CHECK_FALSE(resolution.pinned.has_value());
    CHECK(pinning_of(resolution).kept);
    CHECK(resolution.slice_sd == resolution.free.slice_sd);
}

TEST_CASE("equal machines give up pinning less than once in five hundred samples") {
    int given_up = 0;
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        measure::MachineSample sample;
        sample.free = kernels({.cpu_sd = 0.05, .wall_sd = 0.05}, 4 * seed, 96);
        sample.pinned = kernels({.cpu_sd = 0.05, .wall_sd = 0.05}, 4 * seed + 2, 96);
        given_up += pinning_of(resolution_of(sample)).kept ? 0 : 1;
    }
    CHECK(given_up < 2);
}

TEST_CASE("open cases are timed by the thread CPU clock, however restless the machine") {
    CHECK(clock_of(resolved({}, {})).clock == Clock::thread_cpu);
    CHECK(clock_of(resolved({.cpu_sd = 0.1, .wall_sd = 0.5}, {})).clock == Clock::thread_cpu);
    CHECK(clock_of(resolution_of({})).clock == Clock::thread_cpu);
}

TEST_CASE("open cases are timed by the wall clock where the CPU clock counts in ticks") {
    for (const std::uint64_t tick_ms : {1, 4, 10}) {
        CAPTURE(tick_ms);
        const Noise ticks{.tick_ns = tick_ms * 1'000'000};
        const Resolution resolution = resolved(ticks, ticks);
        const ClockDecision decision = clock_of(resolution);
        CHECK(decision.clock == Clock::wall);
        CHECK(decision.reason.find("stood still") != std::string::npos);
        // The machine is judged by the clock that will be used.
        CHECK(resolution.pairs == 16);
        CHECK(resolution.pair_sd > 0);
        CHECK(resolution.pair_sd < 0.01);
        CHECK(pinning_of(resolution).kept);
    }
}

TEST_CASE("open cases are timed by the wall clock where it is plainly the surer one") {
    const Noise unsure{.cpu_sd = 0.05, .wall_sd = 0.005};
    const Resolution resolution = resolved(unsure, unsure);
    CHECK(resolution.free.timeless_share == 0);
    CHECK(clock_of(resolution).clock == Clock::wall);
    CHECK(clock_of(resolution).reason.find("of wall time") != std::string::npos);
    CHECK(clock_of(resolved({.cpu_sd = 0.008, .wall_sd = 0.002}, {})).clock == Clock::thread_cpu);
}

} // namespace machine_decisions_test
