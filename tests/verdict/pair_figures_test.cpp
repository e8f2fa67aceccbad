#include "verdict/comparison.hpp"
#include "verdict/pair_figures.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace pair_figures_test {

using namespace assay;
using namespace assay::verdict;

namespace {

constexpr std::size_t kSlices = 12;

// Slices of one process: a body of `body_s` that something disturbs every other time, and then by
// up to a third: noise that only ever adds.
std::vector<double> disturbed(double body_s, std::mt19937_64& random) {
    std::vector<double> times(kSlices);
    for (double& time : times) {
        const bool alone = random() % 2 == 0;
        const double more = std::uniform_real_distribution(0.0, 0.3)(random);
        time = body_s * (1 + (alone ? 1e-4 * more : more));
    }
    return times;
}

Pair pair_of(const PairFigures& figures) {
    return {.x = figures.x, .quiet = figures.quiet, .seconds = 0.03};
}

// Pairs of builds that take `old_s` and `new_s` in peace, until there is a verdict or 400 pairs.
Finding compare(double old_s, double new_s, std::mt19937_64& random, bool with_quiet = true) {
    Comparison comparison({}, 1);
    for (int i = 0; i < 400 && comparison.next_series(1e9); ++i) {
        const std::vector<double> old_times = disturbed(old_s, random);
        const std::vector<double> new_times = disturbed(new_s, random);
        const auto figures = pair_figures(old_times, new_times);
        REQUIRE(figures.has_value());
        comparison.add_pair(0, with_quiet ? pair_of(*figures) : Pair{.x = figures->x});
    }
    return comparison.finding(0);
}

} // namespace

TEST_CASE("the figures of a pair are those of its slices, and change sign with the sides") {
    const std::vector<double> old_times{1.0, 2.0, 3.0, 4.0, 5.0};
    const std::vector<double> new_times{1.5, 3.0, 3.0, 4.0, 10.0};
    const auto figures = pair_figures(old_times, new_times);
    REQUIRE(figures.has_value());
    CHECK(figures->x == doctest::Approx(std::log(1.5)));
    CHECK(figures->quiet == doctest::Approx(std::log(2.1 / 1.4))); // 0.4 of the way to the second
    const auto swapped = pair_figures(new_times, old_times);
    CHECK(swapped->x == doctest::Approx(-figures->x));
    CHECK(swapped->quiet == doctest::Approx(-figures->quiet));
}

TEST_CASE("one slice gives both figures the same value") {
    const auto figures = pair_figures(std::vector{2.0}, std::vector{3.0});
    CHECK(figures->x == doctest::Approx(std::log(1.5)));
    CHECK(figures->quiet == doctest::Approx(figures->x));
}

TEST_CASE("a pair has no figures where a slice has no time or sides differ in slices") {
    CHECK_FALSE(pair_figures({}, {}).has_value());
    CHECK_FALSE(pair_figures(std::vector{1.0, 0.0}, std::vector{1.0, 1.0}).has_value());
    CHECK_FALSE(pair_figures(std::vector{1.0}, std::vector{1.0, 1.0}).has_value());
}

TEST_CASE("under noise that only adds, the quiet figure finds what the middle cannot yet") {
    std::mt19937_64 random(41);
    std::size_t pairs_with = 0;
    std::size_t pairs_without = 0;
    for (int run = 0; run < 100; ++run) {
        const Finding with = compare(1e-3, 1.02e-3, random);
        CHECK(with.verdict == Verdict::slower);
        pairs_with += with.pairs;
        pairs_without += compare(1e-3, 1.02e-3, random, false).pairs;
    }
    CHECK(2 * pairs_with < pairs_without);
}

TEST_CASE("identical builds under such noise raise no more alarms than promised") {
    std::mt19937_64 random(42);
    std::size_t alarms = 0;
    std::size_t same = 0;
    constexpr std::size_t kRuns = 300;
    for (std::size_t run = 0; run < kRuns; ++run) {
        const Verdict verdict = compare(1e-3, 1e-3, random).verdict;
        alarms += verdict == Verdict::slower || verdict == Verdict::faster ? 1 : 0;
        same += verdict == Verdict::same ? 1 : 0;
    }
    CHECK(alarms <= kRuns * 5 / 100);
    CHECK(same >= kRuns * 95 / 100);
}

TEST_CASE("builds that differ by the margin itself are called slower in at most 5 % of runs") {
    std::mt19937_64 random(43);
    std::size_t alarms = 0;
    constexpr std::size_t kRuns = 200;
    for (std::size_t run = 0; run < kRuns; ++run) {
        alarms += compare(1e-3, 1.01e-3, random).verdict == Verdict::slower ? 1 : 0;
    }
    CHECK(alarms <= kRuns * 8 / 100); // 5 % and two standard deviations
}

TEST_CASE("a change that only one of the two figures has is slower and never the same") {
    for (const Pair& pair :
         {Pair{.x = 0.05, .quiet = 0.0, .seconds = 0.03}, Pair{.x = 0.0, .quiet = 0.05}}) {
        Comparison comparison({}, 1);
        std::size_t pairs = 0;
        while (comparison.next_series(1e9) && pairs < 50) {
            comparison.add_pair(0, pair);
            ++pairs;
        }
        CHECK(comparison.finding(0).verdict == Verdict::slower);
        CHECK(pairs == 7); // one more than where both say so
    }
}

TEST_CASE("fast slices that got faster and a middle that got slower are mixed and undecided") {
    Comparison comparison({}, 1);
    for (int i = 0; i < 20; ++i) {
        comparison.add_pair(0, {.x = 0.05, .quiet = -0.05, .seconds = 0.03});
    }
    const Finding finding = comparison.finding(0);
    CHECK(finding.verdict == Verdict::undecided);
    CHECK(std::ranges::count(finding.labels, "mixed") == 1);
}

} // namespace pair_figures_test
