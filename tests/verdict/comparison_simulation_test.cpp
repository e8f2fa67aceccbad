// Whole comparisons on simulated pairs: fifty cases of very different noise, decided while they are
// measured, as `assay compare` does it.
#include "verdict/comparison.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

namespace comparison_simulation_test {

using namespace assay;
using namespace assay::verdict;

namespace {

constexpr std::size_t kCases = 50;

struct Tally {
    std::size_t runs_with_alarm = 0, found = 0, wrong_way = 0, discoveries = 0, false_ones = 0;
};

// `changed` cases are 3 % slower, all others lie exactly on the margin: the hardest null.
Tally simulate(std::size_t runs, std::size_t changed, unsigned seed) {
    std::mt19937_64 random(seed);
    const double margin = std::log(1.01);
    Tally tally;
    for (std::size_t run = 0; run < runs; ++run) {
        Comparison comparison({.seed = run + 1}, kCases);
        for (int pairs = 0; pairs < 1500; ++pairs) {
            const auto next = comparison.next_series(1e9);
            if (!next) {
                break;
            }
            const double sd = 0.002 + 0.028 * static_cast<double>(*next) / kCases;
            const double wild = random() % 20 == 0 ? 8.0 : 1.0;
            const double centre = *next < changed ? std::log(1.03) : margin;
            const double noise = std::normal_distribution(0.0, sd)(random);
            comparison.add_pair(*next, {.x = centre + wild * noise, .seconds = 0.05});
        }
        std::size_t false_now = 0;
        for (std::size_t i = 0; i < kCases; ++i) {
            const Verdict verdict = comparison.finding(i).verdict;
            const bool slower = verdict == Verdict::slower;
            tally.discoveries += slower ? 1 : 0;
            tally.found += slower && i < changed ? 1 : 0;
            false_now += slower && i >= changed ? 1 : 0;
            tally.wrong_way += verdict == Verdict::faster ? 1 : 0;
        }
        tally.false_ones += false_now;
        tally.runs_with_alarm += false_now > 0 ? 1 : 0;
    }
    return tally;
}

} // namespace

TEST_CASE("of runs in which nothing changed at most 5 % raise any alarm") {
    const Tally tally = simulate(40, 0, 31);
    CHECK(tally.runs_with_alarm <= 6); // 5 % of 40 and three standard deviations
    CHECK(tally.wrong_way == 0);
}

TEST_CASE("changed cases are found among many, and few of the findings are false") {
    const Tally tally = simulate(15, 5, 32);
    CHECK(tally.found >= 15 * 5 * 95 / 100);
    CHECK(static_cast<double>(tally.false_ones) <= 0.1 * static_cast<double>(tally.discoveries));
    CHECK(tally.wrong_way == 0);
}

} // namespace comparison_simulation_test
