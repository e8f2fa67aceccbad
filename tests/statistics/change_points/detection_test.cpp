#include "simulated_series.hpp"
#include "statistics/change_points/detection.hpp"
#include "statistics/outliers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <thread>

namespace detection_test {

using namespace assay::statistics;
using namespace assay::test;

namespace {

using Indices = std::vector<std::size_t>;
using Values = std::vector<double>;

Indices indices_of(const Detection& detection) {
    Indices indices;
    for (const ChangePoint& point : detection.points) {
        indices.push_back(point.index);
    }
    return indices;
}

// Of 90 points, with a step of 10 % at 40.
Values one_step(std::uint64_t seed) {
    Random random(seed);
    return noisy(stepped(flat(90), {40}, 0.1), Noise::gaussian, 0.01, random);
}

constexpr std::array kOfWholeSeries{
    Detector::assay, Detector::hunter, Detector::edivisive, Detector::weighted_t};

} // namespace

TEST_CASE("every detector has a name that leads back to it and other names lead nowhere") {
    for (const Detector detector : kDetectors) {
        CHECK(detector_from(assay::statistics::name_of(detector)) == detector);
    }
    CHECK(assay::statistics::name_of(Detector::weighted_t) == "weighted-t");
    CHECK_FALSE(detector_from("Hunter"));
    CHECK_FALSE(detector_from(""));
}

TEST_CASE("a clear step is found by every detector that looks at the whole series") {
    for (const Detector detector : kOfWholeSeries) {
        CAPTURE(std::string(assay::statistics::name_of(detector)));
        CHECK(indices_of(detect(one_step(1), detector, {.p_max = 0.001})) == Indices{40});
    }
}

TEST_CASE("a point says what lies beside it") {
    const Detection found = detect(one_step(2), Detector::assay);
    REQUIRE(found.points.size() == 1);
    const ChangePoint& point = found.points[0];
    CHECK(point.mean_before == doctest::Approx(100).epsilon(0.01));
    CHECK(point.mean_after == doctest::Approx(110).epsilon(0.01));
    CHECK(point.median_before == doctest::Approx(100).epsilon(0.01));
    CHECK(point.median_after == doctest::Approx(110).epsilon(0.01));
    CHECK(point.p < 1e-8);
    CHECK(point.state == PointState::confirmed);
}

TEST_CASE("a point is a candidate until five points stand behind it") {
    const Values values = one_step(3);
    const auto state = [&](std::size_t length) {
        const auto found = detect(std::span(values).first(length), Detector::assay);
        REQUIRE(found.points.size() == 1);
        return found.points[0].state;
    };
    CHECK(state(44) == PointState::candidate);
    CHECK(state(45) == PointState::confirmed);
}

TEST_CASE("shift and scale change no index") {
    Random random(4);
    const Values values = noisy(stepped(flat(150), {50, 100}, 0.05), Noise::bimodal, 0.02, random);
    for (const Detector detector : kOfWholeSeries) {
        CAPTURE(std::string(assay::statistics::name_of(detector)));
        const Indices expected = indices_of(detect(values, detector));
        CHECK_FALSE(expected.empty());
        for (const auto& [scale, shift] : {std::pair{1.0, 1000.0}, {1e-9, 0.0}, {3e12, -7e12}}) {
            Values moved = values;
            for (double& x : moved) {
                x = x * scale + shift;
            }
            CHECK(indices_of(detect(moved, detector)) == expected);
        }
    }
}

TEST_CASE("a reversed series has its step at the mirrored place") {
    for (const Detector detector : kOfWholeSeries) {
        CAPTURE(std::string(assay::statistics::name_of(detector)));
        Values values = one_step(5);
        std::ranges::reverse(values);
        CHECK(indices_of(detect(values, detector)) == Indices{50});
    }
}

TEST_CASE("constants and series too short for a side on either hand have no points") {
    for (const Detector detector : kDetectors) {
        CAPTURE(std::string(assay::statistics::name_of(detector)));
        CHECK(detect({}, detector).points.empty());
        CHECK(detect(Values{5}, detector).points.empty());
        CHECK(detect(Values{5, 9}, detector).points.empty());
        CHECK(detect(Values(200, 0.1), detector).points.empty());
        CHECK(detect(Values(200, 0.1), detector).drifts.empty());
    }
    CHECK(detect(Values{1, 1, 1, 9, 9}, Detector::assay).points.empty());
}

TEST_CASE("the result is the same on any number of lanes") {
    const Values values = one_step(6);
    const Detection expected = detect(values, Detector::edivisive);
    std::vector<Detection> found(4);
    {
        std::vector<std::jthread> lanes;
        for (Detection& one : found) {
            lanes.emplace_back([&] { one = detect(values, Detector::edivisive); });
        }
    }
    for (const Detection& one : found) {
        REQUIRE(one.points.size() == expected.points.size());
        CHECK(one.points[0].index == expected.points[0].index);
        CHECK(one.points[0].p == expected.points[0].p);
    }
}

TEST_CASE("missing values are left out and indices refer to the values as given") {
    Values values = one_step(7);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const std::ptrdiff_t missing : {0, 10, 10, 39, 50, 88}) {
        values.insert(values.begin() + missing, nan);
    }
    values.push_back(std::numeric_limits<double>::infinity());
    // Four were put before the first point of the new level.
    CHECK(indices_of(detect(values, Detector::assay)) == Indices{44});
    CHECK(detect(Values(50, nan), Detector::assay).points.empty());
    Random random(8);
    Values climbing = noisy(climb(100, 0.5), Noise::gaussian, 0.01, random);
    climbing.insert(climbing.begin(), nan);
    const Detection found = detect(climbing, Detector::assay);
    REQUIRE_FALSE(found.drifts.empty());
    CHECK(found.drifts.back().end == 101);
}

TEST_CASE("exact metrics are compared exactly") {
    const Values counts{700, 700, 701, 701, 701, 700};
    CHECK(indices_of(detect(counts, Detector::assay, {.exact = true})) == Indices{2, 5});
    CHECK(detect(counts, Detector::assay).points.empty());
}

TEST_CASE("a single spike is no change point") {
    Random random(9);
    Values values = noisy(flat(60), Noise::gaussian, 0.01, random);
    values[30] = 160;
    CHECK(detect(values, Detector::assay).points.empty());
}

TEST_CASE("a slow climb at the end is a drift where it climbs more than the floor") {
    Random random(10);
    const Values values = noisy(climb(40, 0.02), Noise::gaussian, 0.002, random);
    const Detection found = detect(values, Detector::assay, {.segment_min = 40});
    CHECK(found.points.empty());
    REQUIRE(found.drifts.size() == 1);
    CHECK(found.drifts[0].first == 0);
    CHECK(found.drifts[0].end == 40);
    CHECK(found.drifts[0].slope == doctest::Approx(0.05).epsilon(0.15));
    CHECK(found.drifts[0].p < 0.001);
    CHECK(detect(values, Detector::assay, {.segment_min = 40, .floor = 0.05}).drifts.empty());
}

TEST_CASE("detectors of the newest value look at nothing else") {
    Values values = one_step(11);
    for (const Detector detector : {Detector::iqr_fence, Detector::zscore}) {
        CAPTURE(std::string(assay::statistics::name_of(detector)));
        CHECK(detect(values, detector).points.empty());
        values.push_back(140);
        const Detection found = detect(values, detector);
        REQUIRE(indices_of(found) == Indices{90});
        CHECK(found.points[0].state == PointState::candidate);
        CHECK(std::isnan(found.points[0].p));
        values.pop_back();
    }
    CHECK(detect(values, Detector::threshold).points.empty()); // no baseline
    CHECK(indices_of(detect(values, Detector::threshold, {.baseline = 80})) == Indices{89});
    CHECK(detect(values, Detector::threshold, {.baseline = 100}).points.empty());
}

} // namespace detection_test
