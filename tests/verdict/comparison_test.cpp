#include "verdict/comparison.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace comparison_test {

using namespace assay;
using namespace assay::verdict;

namespace {

constexpr double kPairSeconds = 0.05;

// Gives pairs to whoever is next until nobody is; x of each series from `truth`.
std::vector<std::size_t> measure(Comparison& comparison,
                                 double budget_s,
                                 const std::function<double(std::size_t series)>& truth) {
    std::vector<std::size_t> order;
    double left = budget_s;
    while (const auto next = comparison.next_series(left)) {
        order.push_back(*next);
        comparison.add_pair(
            *next,
            {.x = truth(*next), .new_is_worker_1 = order.size() % 2 == 0, .seconds = kPairSeconds});
        left -= kPairSeconds;
    }
    return order;
}

void give(Comparison& comparison, std::size_t series, double x, std::size_t pairs) {
    for (std::size_t i = 0; i < pairs; ++i) {
        comparison.add_pair(series, {.x = x, .seconds = kPairSeconds});
    }
}

} // namespace

TEST_CASE("six clear pairs decide a single case, in either direction and for the same") {
    for (const auto& [x, verdict] : {std::pair{0.05, Verdict::slower},
                                     std::pair{-0.05, Verdict::faster},
                                     std::pair{0.0, Verdict::same}}) {
        Comparison comparison({}, 1);
        const auto order = measure(comparison, 10, [x = x](std::size_t) { return x; });
        CHECK(comparison.finding(0).verdict == verdict);
        CHECK(order.size() == 6);
        CHECK(*comparison.finding(0).ratio == doctest::Approx(std::exp(x)));
        CHECK(comparison.complete());
    }
}

TEST_CASE("a change of exactly the margin is never called the same") {
    Comparison comparison({}, 1);
    give(comparison, 0, std::log1p(0.01), 200);
    CHECK(comparison.finding(0).verdict == Verdict::undecided);
}

TEST_CASE("the more cases are entered the more evidence one of them needs") {
    Comparison alone({}, 1);
    Comparison among_many({}, 50);
    give(alone, 0, 0.05, 6);
    give(among_many, 0, 0.05, 6);
    CHECK(alone.finding(0).verdict == Verdict::slower);
    CHECK(among_many.finding(0).verdict == Verdict::undecided);
    give(among_many, 0, 0.05, 8);
    CHECK(among_many.finding(0).verdict == Verdict::slower);
    CHECK(alone.finding(0).threshold < among_many.finding(0).threshold);
}

TEST_CASE("a decided case keeps its evidence, whatever pairs come later") {
    Comparison comparison({}, 1);
    give(comparison, 0, 0.05, 6);
    const Finding before = comparison.finding(0);
    give(comparison, 0, -0.5, 20);
    const Finding after = comparison.finding(0);
    CHECK(after.verdict == Verdict::slower);
    CHECK(after.evidence.log_e_slower == before.evidence.log_e_slower);
    CHECK(after.decided_after == 6u);
    CHECK(after.pairs == 26);
    CHECK(before.decided_after == 6u);
}

TEST_CASE("a case that failed counts among the cases but never as the same") {
    Comparison comparison({}, 2);
    give(comparison, 0, 0.0, 6);
    comparison.drop(0);
    CHECK(comparison.finding(0).verdict == Verdict::undecided);
    CHECK(comparison.finding(0).has_ended);
    // Still two cases: six pairs of the other one do not reach 2 / alpha.
    give(comparison, 1, 0.05, 6);
    CHECK(comparison.finding(1).verdict == Verdict::undecided);
}

TEST_CASE("three failed pairs end a series, two do not") {
    Comparison comparison({}, 1);
    comparison.add_failed_pair(0);
    comparison.add_failed_pair(0);
    CHECK_FALSE(comparison.finding(0).has_ended);
    comparison.add_failed_pair(0);
    CHECK(comparison.finding(0).has_ended);
    CHECK(comparison.finding(0).failed_pairs == 3);
    CHECK_FALSE(comparison.next_series(10).has_value());
}

TEST_CASE("findings do not depend on the order in which pairs came") {
    Comparison forwards({}, 1);
    Comparison backwards({}, 1);
    std::vector<double> x{0.02, -0.01, 0.013, 0.004, 0.022, 0.015, -0.003, 0.03};
    for (const double value : x) {
        forwards.add_pair(0, {.x = value, .seconds = kPairSeconds});
    }
    std::ranges::reverse(x);
    for (const double value : x) {
        backwards.add_pair(0, {.x = value, .seconds = kPairSeconds});
    }
    CHECK(forwards.finding(0).evidence.log_e_slower ==
          doctest::Approx(backwards.finding(0).evidence.log_e_slower));
    CHECK(forwards.finding(0).interval->low == doctest::Approx(backwards.finding(0).interval->low));
}

TEST_CASE("every case gets its first pairs before any gets more") {
    Comparison comparison({.pairs_first = 4}, 5);
    const auto order =
        measure(comparison, 100, [](std::size_t series) { return series == 0 ? 0.05 : 0.0; });
    std::vector<std::size_t> first(order.begin(), order.begin() + 20);
    for (std::size_t series = 0; series < 5; ++series) {
        CHECK(std::ranges::count(first, series) == 4);
    }
    CHECK(comparison.finding(0).verdict == Verdict::slower);
}

TEST_CASE("pairs go where a verdict is near, and every eighth where there are fewest") {
    Comparison comparison({}, 2);
    int flip = 0;
    const auto order = measure(comparison, 3.0, [&](std::size_t series) {
        // One case is clear but for its size, the other hopeless.
        return series == 0 ? 0.012 : (++flip % 2 == 0 ? 0.2 : -0.2);
    });
    CHECK(std::ranges::count(order, 0u) > 0);
    CHECK(std::ranges::count(order, 1u) >= static_cast<std::ptrdiff_t>(order.size()) / 10);
}

TEST_CASE("at least one pair is measured, however small the budget, and none is begun after it") {
    Comparison comparison({}, 1);
    CHECK(measure(comparison, 0.0, [](std::size_t) { return 0.0; }).size() == 1);
    CHECK(comparison.finding(0).verdict == Verdict::undecided);
    CHECK(comparison.finding(0).seconds_needed.value_or(0) > 0);
}

TEST_CASE("a null control that reaches its threshold withdraws every slower and faster") {
    Comparison comparison({}, 2);
    const std::size_t null = comparison.add_null_control();
    give(comparison, 0, 0.05, 20);
    give(comparison, 1, 0.0, 20);
    CHECK(comparison.finding(0).verdict == Verdict::slower);
    give(comparison, null, 0.05, 6);
    CHECK(comparison.null_control() == NullControl::fired);
    CHECK(comparison.finding(0).verdict == Verdict::undecided);
    CHECK(comparison.finding(0).labels == std::vector<std::string>{"null control fired"});
    CHECK(comparison.finding(1).verdict == Verdict::same);
}

TEST_CASE("a null control is quiet only once it has pairs enough to have fired") {
    Comparison comparison({}, 1);
    const std::size_t null = comparison.add_null_control();
    CHECK(comparison.null_control() == NullControl::unfinished);
    give(comparison, null, 0.0, 5);
    CHECK(comparison.null_control() == NullControl::unfinished);
    give(comparison, null, 0.0, 1);
    CHECK(comparison.null_control() == NullControl::quiet);
}

TEST_CASE("the interval holds the ratio, however lopsided the pairs are") {
    Comparison comparison({.margin = 0.2}, 1);
    for (int i = 0; i < 400; ++i) { // the median in the larger of two heaps, the mean between them
        comparison.add_pair(0, {.x = i % 20 < 11 ? -0.0112 : 0.05, .seconds = 0.01});
    }
    const Finding finding = comparison.finding(0);
    REQUIRE(finding.ratio.has_value());
    CHECK(finding.interval->low <= *finding.ratio);
    CHECK(finding.interval->high >= *finding.ratio);
}

TEST_CASE("several null controls need more evidence each") {
    Comparison comparison({}, 20);
    const std::size_t one = comparison.add_null_control();
    comparison.add_null_control();
    give(comparison, one, 0.05, 6); // e = 27.3: enough for one, not for two
    CHECK(comparison.null_control() == NullControl::unfinished);
    give(comparison, one, 0.05, 2);
    CHECK(comparison.null_control() == NullControl::fired);
}

TEST_CASE("a positive control is found once its handicap shows, else missed") {
    Comparison comparison({}, 1);
    const std::size_t positive = comparison.add_positive_control();
    CHECK(comparison.positive_control() == PositiveControl::missed);
    give(comparison, positive, std::log(1.03), 6);
    CHECK(comparison.positive_control() == PositiveControl::found);
    CHECK(Comparison({}, 1).positive_control() == PositiveControl::off);
    CHECK(Comparison({}, 1).null_control() == NullControl::off);
}

TEST_CASE("controls take at most a fifth of the budget") {
    Comparison comparison({}, 1);
    comparison.add_null_control();
    comparison.add_positive_control();
    int flip = 0;
    const auto order =
        measure(comparison, 10, [&](std::size_t) { return ++flip % 2 == 0 ? 0.2 : -0.2; });
    const auto controls = std::ranges::count_if(order, [](std::size_t i) { return i > 0; });
    CHECK(controls > 0);
    CHECK(static_cast<double>(controls) * kPairSeconds <= 2.0 + 1e-9);
}

TEST_CASE("pairs taken after a verdict for other questions do not withdraw it as drifting") {
    Comparison comparison({}, 1);
    for (int i = 0; i < 12; ++i) {
        comparison.add_pair(0,
                            {.x = 0.05 + (i % 2 == 0 ? 0.001 : -0.001), .seconds = kPairSeconds});
    }
    REQUIRE(comparison.finding(0).verdict == Verdict::slower);
    for (int i = 0; i < 24; ++i) {
        comparison.add_pair(0, {.x = i % 2 == 0 ? 0.001 : -0.001, .seconds = kPairSeconds});
    }
    CHECK(comparison.finding(0).verdict == Verdict::slower);
    CHECK_FALSE(comparison.finding(0).is_drifting);
}

TEST_CASE("a case whose halves contradict each other is drifting and undecided") {
    Comparison comparison({}, 50); // many cases: twenty pairs do not decide it on the way
    for (int i = 0; i < 20; ++i) {
        comparison.add_pair(0, {.x = i < 10 ? -0.03 : 0.08, .seconds = kPairSeconds});
    }
    const Finding finding = comparison.finding(0);
    CHECK(finding.verdict == Verdict::undecided);
    CHECK(finding.is_drifting);
    CHECK(std::ranges::count(finding.labels, "drifting") == 1);
}

} // namespace comparison_test
