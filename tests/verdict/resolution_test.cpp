#include "verdict/resolution.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

namespace resolution_test {

using namespace assay;
using namespace assay::verdict;

namespace {

// Slices of 0.7 ms of CPU time whose logarithm spreads by `sd`, wall time twice as long.
std::vector<measure::SliceRecord> slices(double sd, std::size_t n, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> noise(0, sd);
    std::vector<measure::SliceRecord> records(n);
    for (measure::SliceRecord& one : records) {
        one.thread_cpu_ns = static_cast<std::uint64_t>(700'000 * std::exp(noise(random)));
        one.wall_ns = 2 * one.thread_cpu_ns;
    }
    return records;
}

} // namespace

TEST_CASE("spreads are those of the worse kernel") {
    measure::MachineSample sample;
    sample.free.alu = slices(0.001, 3000, 1);
    sample.free.memory = slices(0.02, 3000, 2);
    const Resolution resolution = resolution_of(sample);
    CHECK(resolution.slice_sd == doctest::Approx(0.02).epsilon(0.1));
    CHECK(resolution.wall_sd == doctest::Approx(0.02).epsilon(0.1));
    // A difference of two slices, the median of six of them.
    CHECK(resolution.pair_sd > 0.02 * std::sqrt(2.0 / 6));
    CHECK(resolution.pair_sd < 0.02 * std::sqrt(2.0 / 6 * 3.1416 / 2) * 1.15);
    CHECK(resolution.pairs == 250);
    CHECK(resolution.preempted_share == 0);
}

TEST_CASE("a drift over the sample does not look like a spread between pairs") {
    measure::MachineSample sample;
    sample.free.alu = slices(0.001, 600, 1);
    for (std::size_t i = 0; i < sample.free.alu.size(); ++i) {
        sample.free.alu[i].thread_cpu_ns += 200 * i; // 17 % from first to last
    }
    sample.free.memory = sample.free.alu;
    CHECK(resolution_of(sample).pair_sd < 0.002);
    CHECK(resolution_of(sample).slice_sd > 0.02);
}

TEST_CASE("the share of preempted slices is that of the worse kernel") {
    measure::MachineSample sample;
    sample.free.alu = slices(0.001, 100, 1);
    sample.free.memory = slices(0.001, 100, 2);
    for (std::size_t i = 0; i < 30; ++i) {
        sample.free.memory[i].involuntary_switches = 2;
    }
    CHECK(resolution_of(sample).preempted_share == doctest::Approx(0.30));
}

TEST_CASE("an empty sample has no spread and breaks nothing") {
    const Resolution resolution = resolution_of({});
    CHECK(resolution.pair_sd == 0);
    CHECK(resolution.preempted_share == 0);
    CHECK_FALSE(resolution.steal_share.has_value());
}

TEST_CASE("the smallest change shrinks with the root of the pairs and needs seven of them") {
    Resolution resolution;
    resolution.pair_sd = 0.02;
    resolution.pairs = 20;
    CHECK(*smallest_change(resolution, 0.01, 49) == doctest::Approx(0.01 + 3.5 * 0.02 / 7));
    CHECK(*smallest_change(resolution, 0.01, 7) == doctest::Approx(0.01 + 3.5 * 0.02 / 2.6458));
    CHECK_FALSE(smallest_change(resolution, 0.01, 6).has_value());
    CHECK(smallest_change(0.02, 0.01, 49) == smallest_change(resolution, 0.01, 49));
}

TEST_CASE("a sample too short for a spread promises no change at all") {
    measure::MachineSample sample;
    sample.free.alu = slices(0.02, 36, 1); // three pairs
    sample.free.memory = sample.free.alu;
    CHECK_FALSE(smallest_change(resolution_of(sample), 0.01, 1000).has_value());
    sample.free.alu = slices(0.02, 48, 1);
    sample.free.memory = sample.free.alu;
    CHECK(smallest_change(resolution_of(sample), 0.01, 1000).has_value());
}

TEST_CASE("a budget holds the fewer pairs the more cases share it") {
    CHECK(pairs_expected(10, 1) == 200);
    CHECK(pairs_expected(10, 10) == 20);
    CHECK(pairs_expected(0, 1) == 0);
    CHECK(pairs_expected(10, 0) == 200);
}

} // namespace resolution_test
