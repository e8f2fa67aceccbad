// The smaller parts of the detectors: roughness, local jumps, Perfherder's t, the newest value.
#include "simulated_series.hpp"
#include "statistics/change_points/local_jump.hpp"
#include "statistics/change_points/newest_value.hpp"
#include "statistics/change_points/roughness.hpp"
#include "statistics/change_points/weighted_t.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace judging_parts_test {

using namespace assay::statistics;
using namespace assay::test;

namespace {

using Indices = std::vector<std::size_t>;
using Values = std::vector<double>;

Indices indices_of(const std::vector<WeightedTPeak>& peaks) {
    Indices indices;
    for (const WeightedTPeak& peak : peaks) {
        indices.push_back(peak.index);
    }
    return indices;
}

} // namespace

TEST_CASE("autocorrelation is measured beside steps as well as without them") {
    Random random(71);
    for (const Levels& levels : {flat(2000), stepped(flat(2000), {500, 1000, 1500}, 0.3)}) {
        const Roughness found = roughness(noisy(levels, Noise::ar1, 0.02, random));
        CHECK(found.rho == doctest::Approx(0.5).epsilon(0.2));
        CHECK(found.effective_share() == doctest::Approx((1 - found.rho) / (1 + found.rho)));
        CHECK_FALSE(found.smooth);
    }
}

TEST_CASE("white noise, constants and short series have no autocorrelation") {
    Random random(72);
    std::size_t alarms = 0;
    for (int round = 0; round < 100; ++round) {
        alarms += roughness(noisy(flat(200), Noise::gaussian, 0.02, random)).rho > 0 ? 1 : 0;
    }
    CHECK(alarms <= 8);
    CHECK(roughness(Values(100, 3.0)).rho == 0);
    CHECK(roughness(noisy(flat(29), Noise::ar1, 0.02, random)).effective_share() == 1);
}

TEST_CASE("a wave without noise moves smoothly") {
    const Roughness found = roughness(wave(300, 0.1, 100, 0));
    CHECK(found.r > 1);
    CHECK(found.smooth);
    CHECK(found.rho == 0);
}

TEST_CASE("a jump on a slope has its height and a slope has none") {
    Values values = climb(60, 0.6); // one per point
    CHECK(local_jump(values, 30, {0, 60}).height == doctest::Approx(0).epsilon(1e-9));
    for (std::size_t i = 30; i < 60; ++i) {
        values[i] += 7;
    }
    const LocalJump jump = local_jump(values, 30, {0, 60});
    CHECK(jump.height == doctest::Approx(7));
    CHECK(jump.standard_error < 1e-6);
}

TEST_CASE("a jump's standard error is its spread over many series") {
    Random random(73);
    double squares = 0, errors = 0;
    constexpr int kSeries = 2000;
    for (int i = 0; i < kSeries; ++i) {
        const auto values = noisy(flat(30), Noise::gaussian, 0.02, random);
        const LocalJump jump = local_jump(values, 12, {0, 30});
        squares += jump.height * jump.height / kSeries;
        errors += jump.standard_error * jump.standard_error / kSeries;
    }
    CHECK(std::sqrt(squares) == doctest::Approx(std::sqrt(errors)).epsilon(0.07));
}

TEST_CASE("jumps with less than five points on a side are not accepted") {
    Values values(20, 1.0);
    for (std::size_t i = 4; i < values.size(); ++i) {
        values[i] = 2;
    }
    CHECK(choose_jumps(values, Indices{4}, {0, 20}, {}).empty());
    CHECK(choose_jumps(values, Indices{4}, {0, 8}, {}).empty());
    for (std::size_t i = 4; i < 10; ++i) {
        values[i] = 1;
    }
    CHECK(choose_jumps(values, Indices{10}, {0, 20}, {}) == Indices{10});
    CHECK(choose_jumps(values, Indices{10}, {0, 14}, {}).empty());
    CHECK(choose_jumps(values, Indices{10}, {0, 20}, {.height_min = 1.5}).empty());
    CHECK(typical_jump(Values{1, 2}) == 0);
}

TEST_CASE("a spike is replaced and a step is not") {
    Random random(74);
    Values values = noisy(stepped(flat(60), {30}, 0.3), Noise::gaussian, 0.01, random);
    values[10] = 200;
    const Values clean = despiked(values);
    CHECK(clean[10] == doctest::Approx(100).epsilon(0.05));
    for (std::size_t i = 0; i < values.size(); ++i) {
        CHECK((i == 10 || clean[i] == values[i]));
    }
    CHECK(despiked(Values{}).empty());
    CHECK(despiked(Values{1, 1, 1, 9, 1, 1, 1}) == Values{1, 1, 1, 9, 1, 1, 1}); // no noise known
}

TEST_CASE("the weighted t peaks once at a step and needs twelve points after it") {
    Random random(75);
    const Values values = noisy(stepped(flat(80), {40}, 0.2), Noise::gaussian, 0.01, random);
    CHECK(indices_of(weighted_t_peaks(values)) == Indices{40});
    CHECK(weighted_t_peaks(std::span(values).first(51)).empty());
    CHECK(indices_of(weighted_t_peaks(std::span(values).first(52))) == Indices{40});
    const auto clean = weighted_t_peaks(stepped(flat(80), {40}, 0.2));
    REQUIRE(indices_of(clean) == Indices{40});
    CHECK(std::isinf(clean[0].t));
}

TEST_CASE("the newest change is held against the fence of earlier ones") {
    Random random(76);
    const Values segment = noisy(flat(50), Noise::gaussian, 0.01, random);
    CHECK_FALSE(beyond_fence(segment, segment.back() * 1.01));
    CHECK(beyond_fence(segment, segment.back() * 1.2));
    CHECK(beyond_fence(segment, segment.back() * 0.8));
    CHECK_FALSE(beyond_fence({}, 1));
    CHECK_FALSE(beyond_fence(Values{1, 0}, 1));
    CHECK_FALSE(beyond_fence(Values{1}, 100)); // nothing is known of the spread
    const auto few = std::span(segment).first(8);
    CHECK(beyond_fence(few, 200));
}

TEST_CASE("outliers of the segment do not hide an outlying newest value") {
    Random random(77);
    Values segment = noisy(flat(50), Noise::gaussian, 0.01, random);
    segment[5] = 300;
    segment[25] = 400;
    CHECK(beyond_z_score(segment, 110));
    CHECK_FALSE(beyond_z_score(segment, 102));
    CHECK_FALSE(beyond_z_score(Values{1, 2}, 100));
    CHECK(beyond_z_score(Values{1, 1, 1, 1}, 1.5));
    CHECK_FALSE(beyond_z_score(Values{1, 1, 1, 1}, 1));
}

TEST_CASE("a change of exactly the limit passes and a hair more does not") {
    CHECK_FALSE(beyond_threshold(10, 12, 0.2));
    CHECK_FALSE(beyond_threshold(0.1, 0.12, 0.2));
    CHECK(beyond_threshold(10, 12.0001, 0.2));
    CHECK(beyond_threshold(10, 7.9, 0.2));
    CHECK(beyond_threshold(-10, -13, 0.2));
    CHECK_FALSE(beyond_threshold(0, 5, 0.2));
    CHECK_FALSE(beyond_threshold(std::numeric_limits<double>::quiet_NaN(), 5, 0.2));
}

} // namespace judging_parts_test
