// Whole comparisons on slice times whose truth is known: planted changes, machines that drift, and
// processes that come in two layouts.
#include "app/comparison/comparison_document.hpp"
#include "scripted_comparison.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace scripted;
using verdict::Verdict;

namespace {

// How a pair's times come about. The truth of the new build is `factor`; all else is noise.
struct Machine {
    double factor = 1;
    double process_sd = 0.004; // each process has its own luck
    double two_layouts = 0;    // half of the processes take so much longer
    double speed_swing = 0;    // the machine's own speed, over hours: both sides feel it
    double slow_worker_0 = 0;  // whoever is worker 0 takes so much longer
    std::mt19937_64 random{1};
    std::size_t pairs = 0;

    double draw(double sd) { return std::normal_distribution(0.0, sd)(random); }

    // One process' own time per slice, before what the machine adds slice by slice.
    double process() {
        const bool slow_layout = (random() & 1u) != 0;
        return std::exp(draw(process_sd)) * (slow_layout ? 1 + two_layouts : 1);
    }

    app::PairAnswer operator()(const app::PairWish& wish) {
        constexpr double kSlice_ns = 1'000'000;
        const double speed = 1 + speed_swing * std::sin(static_cast<double>(pairs) / 7);
        ++pairs;
        const double old_seat = wish.new_is_worker_1 ? 1 + slow_worker_0 : 1;
        const double new_seat = wish.new_is_worker_1 ? 1 : 1 + slow_worker_0;
        const double old_time = kSlice_ns * speed * process() * old_seat;
        const double new_time = kSlice_ns * speed * process() * new_seat * factor;
        const auto slices = [this](double time) {
            return [this, time](std::uint32_t) {
                return static_cast<std::uint64_t>(std::llround(time * std::exp(draw(0.003))));
            };
        };
        app::PairAnswer answer;
        answer.seconds = 0.05;
        answer.old_side = timed(wish.old_request, slices(old_time));
        answer.new_side = timed(wish.new_request, slices(new_time));
        return answer;
    }
};

app::ComparedCase
compare_on(Machine machine, unsigned seed, std::size_t pairs_max = 40, bool random_roles = true) {
    const TwoBuilds builds(1);
    app::ComparisonOptions options = comparison_options();
    options.controls = false;
    options.budget = std::chrono::hours(10); // the clock decides nothing here
    options.random_roles = random_roles;
    options.session.order_seed = seed;
    machine.random.seed(seed);
    ScriptedPairs pairs(std::ref(machine));
    const app::ComparisonOutcome outcome =
        compare(builds, pairs, options, answer, [&] { return pairs.asked.size() > pairs_max; });
    return outcome.cases.at(0);
}

std::size_t verdicts(const Machine& machine, Verdict verdict, unsigned runs) {
    std::size_t count = 0;
    for (unsigned seed = 1; seed <= runs; ++seed) {
        count += compare_on(machine, seed).finding.verdict == verdict ? 1 : 0;
    }
    return count;
}

} // namespace

TEST_CASE("a worker 0 that is 3 % slower is taken for the build no more often than alpha allows") {
    const Machine faulty{.slow_worker_0 = 0.03};
    std::size_t slower = 0;
    std::size_t faster = 0;
    for (unsigned seed = 1; seed <= 60; ++seed) {
        const app::ComparedCase same_build = compare_on(faulty, seed);
        slower += same_build.finding.verdict == Verdict::slower ? 1 : 0;
        faster += same_build.finding.verdict == Verdict::faster ? 1 : 0;
        // It does not go unseen: as worker 1 the new build reads 3 % quicker than its partner.
        if (const auto bias = same_build.finding.position_bias) {
            CHECK(*bias == doctest::Approx(-0.03).epsilon(0.2));
        }
    }
    // Six equal coins, one time in 64, look like a change. 5 % and three standard errors.
    CHECK(slower <= 8);
    CHECK(faster <= 8);
}

TEST_CASE("without drawn roles a worker 0 that is 3 % slower is taken for the build") {
    const Machine faulty{.slow_worker_0 = 0.03};
    for (unsigned seed = 1; seed <= 20; ++seed) {
        CHECK(compare_on(faulty, seed, 40, false).finding.verdict == Verdict::slower);
    }
}

TEST_CASE("a chain of twice the length takes twice the time, whatever the machine's speed does") {
    for (unsigned seed = 1; seed <= 10; ++seed) {
        const app::ComparedCase doubled = compare_on({.factor = 2, .speed_swing = 0.3}, seed);
        CHECK(doubled.finding.verdict == Verdict::slower);
        REQUIRE(doubled.finding.ratio.has_value());
        CHECK(*doubled.finding.ratio == doctest::Approx(2).epsilon(0.01));
    }
}

TEST_CASE("planted changes of 2 and 5 percent are found, in either direction") {
    CHECK(verdicts({.factor = 1.02}, Verdict::slower, 20) == 20);
    CHECK(verdicts({.factor = 1 / 1.02}, Verdict::faster, 20) == 20);
    CHECK(verdicts({.factor = 1.05, .process_sd = 0.02}, Verdict::slower, 20) == 20);
}

TEST_CASE("processes that come in two layouts raise no alarm, and hide no change of 5 percent") {
    const Machine two{.two_layouts = 0.04};
    CHECK(verdicts(two, Verdict::slower, 40) <= 6); // 5 % and three standard errors
    CHECK(verdicts({.factor = 1.05, .two_layouts = 0.02}, Verdict::slower, 20) >= 19);
}

TEST_CASE("a machine whose speed swings by a third changes no verdict") {
    CHECK(verdicts({.speed_swing = 0.3}, Verdict::same, 20) == 20);
}
