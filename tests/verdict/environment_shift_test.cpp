#include "verdict/environment_shift.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

namespace environment_shift_test {

using namespace assay::verdict;

namespace {

// `moved` of `n` series in two families are 20 % worse, the others as they were.
std::vector<MovingSeries> series_of(std::size_t n, std::size_t moved, std::size_t families = 2) {
    std::vector<MovingSeries> series;
    for (std::size_t i = 0; i < n; ++i) {
        series.push_back({.family = "f" + std::to_string(i % families),
                          .change = i < moved ? std::log(1.2) : 0,
                          .usual = 0.03});
    }
    return series;
}

const Calibration kStill{.earlier = {1, 1.01, 0.99, 1, 1.01, 0.99}, .now = 1.0};
const Calibration kSlower{.earlier = {1, 1.01, 0.99, 1, 1.01, 0.99}, .now = 1.2};

} // namespace

TEST_CASE("half of all series that move the same way are a shift of the machine") {
    const EnvironmentShift shift = find_shift(series_of(8, 5), kSlower);
    CHECK(shift.cause == ShiftCause::machine);
    CHECK(shift.size == doctest::Approx(std::log(1.2)));
    CHECK(find_shift(series_of(8, 4), kSlower).cause == ShiftCause::machine);
    CHECK(find_shift(series_of(8, 3), kSlower).cause == ShiftCause::none);
}

TEST_CASE("fewer than eight series or one family alone tell nothing of the machine") {
    CHECK(find_shift(series_of(7, 7), kSlower).cause == ShiftCause::none);
    CHECK(find_shift(series_of(8, 8, 1), kSlower).cause == ShiftCause::none);
    CHECK(find_shift({}, kSlower).cause == ShiftCause::none);
}

TEST_CASE("series that moved in one run each are no shift, however many there are") {
    auto series = series_of(8, 8);
    for (std::size_t i = 0; i < series.size(); ++i) {
        series[i].since = "run " + std::to_string(i / 3);
    }
    const EnvironmentShift shift = find_shift(series, {});
    CHECK(shift.cause == ShiftCause::none);
    CHECK(shift.beyond == 3);
    for (MovingSeries& one : series) {
        one.since = "run 1";
    }
    CHECK(find_shift(series, {}).cause == ShiftCause::machine);
    for (MovingSeries& one : series) {
        one.since = std::nullopt; // as far back as anybody looked
    }
    CHECK(find_shift(series, {}).cause == ShiftCause::none);
}

TEST_CASE("what moved before a shift does not count for its size") {
    auto series = series_of(11, 8);
    for (std::size_t i = 8; i < 11; ++i) {
        series[i].change = std::log(3);
        series[i].since = "an earlier run";
    }
    CHECK(find_shift(series, kSlower).size == doctest::Approx(std::log(1.2)));
}

TEST_CASE("series that move apart are no shift") {
    auto series = series_of(8, 6);
    for (std::size_t i = 0; i < 3; ++i) {
        series[i].change = -series[i].change;
    }
    CHECK(find_shift(series, kSlower).cause == ShiftCause::none);
}

TEST_CASE("where the host's kernel stood still the machine is innocent") {
    const EnvironmentShift shift = find_shift(series_of(8, 8), kStill);
    CHECK(shift.cause == ShiftCause::common);
    CHECK(shift.reason.find("common cause") != std::string::npos);
    Calibration faster = kSlower;
    faster.now = 0.8; // the other way than the series
    CHECK(find_shift(series_of(8, 8), faster).cause == ShiftCause::common);
}

TEST_CASE("without a calibration the machine is to blame") {
    CHECK(find_shift(series_of(8, 8), {}).cause == ShiftCause::machine);
    CHECK(find_shift(series_of(8, 8), {.earlier = kStill.earlier}).cause == ShiftCause::machine);
    CHECK(find_shift(series_of(8, 8), {.earlier = {1, 1, 1, 1}, .now = 1.0}).cause ==
          ShiftCause::machine);
}

TEST_CASE("a machine that became faster is a shift as well") {
    auto series = series_of(8, 8);
    for (MovingSeries& one : series) {
        one.change = -one.change;
    }
    Calibration faster = kSlower;
    faster.now = 0.8;
    CHECK(find_shift(series, faster).cause == ShiftCause::machine);
    CHECK(find_shift(series, faster).size < 0);
}

TEST_CASE("a case is one witness, whatever it reports") {
    auto series = series_of(8, 8);
    for (std::size_t i = 0; i < series.size(); ++i) {
        series[i].witness = "case " + std::to_string(i / 2); // its time and its CPU time
    }
    const EnvironmentShift shift = find_shift(series, kSlower);
    CHECK(shift.cause == ShiftCause::none);
    CHECK(shift.series == 4);
    auto twice = series_of(16, 16);
    for (std::size_t i = 0; i < twice.size(); ++i) {
        twice[i].witness = "case " + std::to_string(i % 8);
    }
    CHECK(find_shift(twice, kSlower).cause == ShiftCause::machine);
    CHECK(find_shift(twice, kSlower).beyond == 8);
}

TEST_CASE("series that moved by very different amounts have no common factor") {
    const auto moved_by = [](const std::vector<double>& percent) {
        auto series = series_of(percent.size(), 0);
        for (std::size_t i = 0; i < series.size(); ++i) {
            series[i].change = std::log1p(percent[i] / 100);
            series[i].usual = 0.01;
        }
        return find_shift(series, kSlower);
    };
    CHECK(moved_by({3, 5, 7, 10, 14, 18, 22, 26, 30, 30}).cause == ShiftCause::none);
    CHECK(moved_by({3, 3, 4, 4, 25, 28, 30, 30}).cause == ShiftCause::none);
    CHECK(moved_by({18, 19, 20, 20, 20, 21, 22, 23, 21, 20}).cause == ShiftCause::machine);
    // Memory and arithmetic do not slow down alike, and one commit may come in the same run.
    const auto mixed = moved_by({16, 16, 17, 18, 20, 20, 22, 24, 22, 90});
    CHECK(mixed.cause == ShiftCause::machine);
    CHECK(mixed.beyond == 9);
    CHECK(mixed.size == doctest::Approx(std::log1p(0.20)).epsilon(0.1));
}

TEST_CASE("what differs by no more than runs differ is alike") {
    auto series = series_of(8, 8);
    for (std::size_t i = 0; i < series.size(); ++i) {
        series[i].change = 0.03 + 0.005 * static_cast<double>(i); // 3 to 6.5 %
        series[i].usual = 0.029;
    }
    CHECK(find_shift(series, kSlower).cause == ShiftCause::machine);
}

// Known truth: in every run each of twelve cases moves to the worse by an amount of its own between
// 3 and 30 %, as twelve commits' regressions would that land at once. No factor is common.
TEST_CASE("of simulated runs with amounts of their own hardly any is called the machine's") {
    std::mt19937_64 random(20261122);
    std::normal_distribution<double> normal(0, 0.005);
    std::uniform_real_distribution<double> amount(0.03, 0.30);
    constexpr int kRuns = 200;
    int named = 0;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<MovingSeries> series;
        for (int i = 0; i < 12; ++i) {
            series.push_back({i % 2 == 0 ? "a" : "b",
                              std::log1p(amount(random)) + normal(random),
                              usual_change(0.005)});
        }
        named += find_shift(series, kSlower).cause != ShiftCause::none ? 1 : 0;
    }
    CAPTURE(named);
    CHECK(named <= kRuns * 10 / 100);
}

// Section 16 of the specification of tracking: 200 runs with a common factor of 5 to 30 %, twenty
// series that vary by 2 %: at least 95 % named, and at most 2 % of quiet runs.
TEST_CASE("of simulated runs with a common factor nearly all are named and quiet ones are not") {
    std::mt19937_64 random(20261121);
    std::normal_distribution<double> normal(0, 0.02);
    std::uniform_real_distribution<double> factor(0.05, 0.30);
    constexpr int kRuns = 200;
    const double usual = usual_change(0.02 * std::sqrt(1 + 1.0 / 20));
    int named = 0;
    int quiet = 0;
    for (int run = 0; run < kRuns; ++run) {
        const double common = std::log1p(factor(random));
        Calibration calibration;
        for (int i = 0; i < 20; ++i) {
            calibration.earlier.push_back(std::exp(normal(random)));
        }
        std::vector<MovingSeries> moved;
        std::vector<MovingSeries> still;
        for (int i = 0; i < 20; ++i) {
            const double noise = normal(random);
            moved.push_back({i % 2 == 0 ? "a" : "b", common + noise, usual});
            still.push_back({i % 2 == 0 ? "a" : "b", noise, usual});
        }
        const double own = normal(random);
        calibration.now = std::exp(common + own);
        named += find_shift(moved, calibration).cause == ShiftCause::machine ? 1 : 0;
        calibration.now = std::exp(own);
        quiet += find_shift(still, calibration).cause != ShiftCause::none ? 1 : 0;
    }
    CAPTURE(named);
    CAPTURE(quiet);
    CHECK(named >= kRuns * 95 / 100);
    CHECK(quiet <= kRuns * 2 / 100);
}

} // namespace environment_shift_test
