// False points and recall on simulated series of known truth, seeded: the table in
// host/statistics/README.md, 200 series per figure. tests/peers/change_points prints it with more.
#include "simulated_series.hpp"

#include <doctest/doctest.h>

#include <string>

namespace detection_simulation_test {

using namespace assay::statistics;
using namespace assay::test;

namespace {

constexpr std::size_t kSeries = 200;

// What the specification of the detector promises, in its simulation.
struct Promise {
    Noise noise;
    double recall_5, recall_10; // of a step of 5 % and 10 %
};

void keeps(const Promise& promise) {
    CAPTURE(std::string(assay::test::name_of(promise.noise)));
    const auto points = [&](Detector detector) {
        return score_step({detector, promise.noise, 0}, kSeries, 41).points;
    };
    const double assay = points(Detector::assay);
    const double hunter = points(Detector::hunter);
    CAPTURE(hunter);
    CHECK(assay <= 0.15);
    CHECK(assay <= hunter / 2);
    const auto recall = [&](double step) {
        return score_step({Detector::assay, promise.noise, step}, kSeries, 42).recall;
    };
    CHECK(recall(0.05) >= promise.recall_5 - 0.05);
    CHECK(recall(0.10) >= promise.recall_10 - 0.05);
}

} // namespace

TEST_CASE("in Gaussian noise assay invents few points and finds every step") {
    keeps({Noise::gaussian, 1.00, 1.00});
}

TEST_CASE("in log-normal noise assay invents few points and finds every step") {
    keeps({Noise::log_normal, 1.00, 1.00});
}

TEST_CASE("among outliers assay invents few points and finds the steps that hunter finds") {
    keeps({Noise::outliers, 0.58, 0.98});
}

TEST_CASE("in autocorrelated noise assay invents few points where hunter invents three a series") {
    keeps({Noise::ar1, 0.75, 0.90});
    CHECK(score_step({Detector::hunter, Noise::ar1, 0}, kSeries, 41).points > 2.5);
}

TEST_CASE("in bimodal noise assay invents few points and finds every step") {
    keeps({Noise::bimodal, 1.00, 1.00});
}

TEST_CASE("a step of 5 % is found after five points, one of 10 % after three") {
    const auto found = [](double step, std::size_t after, std::size_t segment_min) {
        const StepPlan plan{Detector::assay, Noise::gaussian, step, 60 + after, 60, 0.02, 2};
        return score_step(plan, 300, 43, {.segment_min = segment_min}).recall;
    };
    CHECK(found(0.05, 3, 3) >= 0.61 - 0.05);
    CHECK(found(0.05, 5, 3) >= 0.91 - 0.05);
    CHECK(found(0.10, 3, 3) >= 0.96 - 0.05);
    CHECK(found(0.05, 2, 2) >= 0.44 - 0.08); // three standard errors of 300 series
    CHECK(found(0.10, 2, 2) >= 0.92 - 0.05);
    CHECK(found(0.10, 2, 3) < 0.1); // two points are not enough for the default
}

} // namespace detection_simulation_test
