// The safeguards of an update, one by one: what moves a baseline, and what never does.
#include "stored_runs.hpp"

#include <doctest/doctest.h>

#include <array>

namespace baseline_update_test {

using namespace assay;
using namespace assay::verdict;

namespace {

const StoredBaseline kAt100{.center = 100, .kind = seconds()};

UpdateAnswer update(const std::vector<double>& figures, const UpdateOptions& options = {}) {
    return propose_update(runs_of(figures), seconds(), kAt100, options);
}

} // namespace

TEST_CASE("five runs that are more than 5 % better move a baseline") {
    const UpdateAnswer answer = update({90, 91, 90, 89, 90});
    CHECK(answer.refusal == Refusal::none);
    CHECK(answer.proposed->center == 90);
    CHECK(*answer.gain == doctest::Approx(0.10));
    CHECK(answer.proposed->runs.size() == 5);
    const StoredBaseline rate{.center = 100,
                              .kind = {.unit = "1/s", .direction = measure::Direction::higher}};
    CHECK(propose_update(runs_of(std::vector<double>(5, 110)), rate.kind, rate).refusal ==
          Refusal::none);
}

TEST_CASE("fewer runs than asked for move nothing") {
    CHECK(update({50, 50, 50, 50}).refusal == Refusal::too_few_runs);
    CHECK_FALSE(update({50, 50, 50, 50}).proposed);
    CHECK(update({50, 50, 50}, {.min_runs = 3}).refusal == Refusal::none);
    CHECK(propose_update(runs_of({50, 50}), seconds(), std::nullopt).refusal ==
          Refusal::too_few_runs);
}

TEST_CASE("5 % better exactly moves nothing, a hair more does") {
    CHECK(update(std::vector<double>(5, 95)).refusal == Refusal::not_better_enough);
    CHECK(update(std::vector<double>(5, 94.999)).refusal == Refusal::none);
    CHECK(update(std::vector<double>(5, 100)).refusal == Refusal::not_better_enough);
    CHECK(update(std::vector<double>(5, 94), {.improvement = 0.10}).refusal ==
          Refusal::not_better_enough);
}

TEST_CASE("what is worse never moves a baseline, nor in a batch with what is better") {
    CHECK(update(std::vector<double>(5, 100.1)).refusal == Refusal::worse);
    CHECK(update(std::vector<double>(5, 300)).refusal == Refusal::worse);
    const std::array<double, 4> batch{80, 120, 70, 101};
    std::vector<Refusal> answers;
    for (const double figure : batch) {
        answers.push_back(update(std::vector<double>(5, figure)).refusal);
    }
    CHECK(answers ==
          std::vector<Refusal>{Refusal::none, Refusal::worse, Refusal::none, Refusal::worse});
}

TEST_CASE("a run that something is said against does not count towards an update") {
    const auto spoilt = [](const auto& spoil) {
        auto points = runs_of({90, 90, 90, 90, 90});
        spoil(points[2]);
        return propose_update(points, seconds(), kAt100).refusal;
    };
    CHECK(spoilt([](StoredPoint&) {}) == Refusal::none);
    CHECK(spoilt([](StoredPoint& one) { one.environment_shift = true; }) == Refusal::too_few_runs);
    CHECK(spoilt([](StoredPoint& one) { one.outlier = true; }) == Refusal::too_few_runs);
    CHECK(spoilt([](StoredPoint& one) { one.excluded = true; }) == Refusal::too_few_runs);
    CHECK(spoilt([](StoredPoint& one) { one.dirty = true; }) == Refusal::too_few_runs);
    CHECK(spoilt([](StoredPoint& one) { one.drift = true; }) == Refusal::too_few_runs);
    CHECK(spoilt([](StoredPoint& one) { one.figure.reset(); }) == Refusal::too_few_runs);
}

TEST_CASE("another unit or direction than the stored one is refused with both named") {
    const auto points = runs_of(std::vector<double>(5, 50));
    const UpdateAnswer unit =
        propose_update(points, {.unit = "ms", .direction = measure::Direction::lower}, kAt100);
    CHECK(unit.refusal == Refusal::unit_changed);
    CHECK(unit.reason.find("'s'") != std::string::npos);
    CHECK(unit.reason.find("'ms'") != std::string::npos);
    const UpdateAnswer direction =
        propose_update(points, {.unit = "s", .direction = measure::Direction::higher}, kAt100);
    CHECK(direction.refusal == Refusal::direction_changed);
    CHECK(direction.reason.find("lower") != std::string::npos);
    CHECK(propose_update(points, {.unit = "s"}, std::nullopt).refusal == Refusal::no_direction);
}

TEST_CASE("the first baseline of a series needs enough runs and nothing else") {
    const UpdateAnswer first =
        propose_update(runs_of(std::vector<double>(5, 7)), seconds(), std::nullopt);
    CHECK(first.refusal == Refusal::none);
    CHECK(first.proposed->center == 7);
    CHECK_FALSE(first.gain);
}

TEST_CASE("of a baseline of zero no share can be told") {
    const StoredBaseline zero{.center = 0, .kind = seconds()};
    const StoredBaseline none{.center = 0,
                              .kind = {.unit = "1", .direction = measure::Direction::higher}};
    CHECK(propose_update(runs_of(std::vector<double>(5, 1)), zero.kind, zero).refusal ==
          Refusal::worse);
    CHECK(propose_update(runs_of(std::vector<double>(5, 1)), none.kind, none).refusal ==
          Refusal::none);
    CHECK(propose_update(runs_of(std::vector<double>(5, 0)), none.kind, none).refusal ==
          Refusal::not_better_enough);
}

TEST_CASE("last-n proposes the newest runs although the segment is older") {
    std::vector<double> figures(20, 100);
    figures.insert(figures.end(), 5, 80);
    CHECK(update(figures).refusal == Refusal::not_better_enough); // the segment's median
    const UpdateAnswer newest = update(figures, {.policy = BaselinePolicy::last_n});
    CHECK(newest.refusal == Refusal::none);
    CHECK(newest.proposed->center == 80);
}

TEST_CASE("a ratchet moves only when a step is confirmed and two runs after it agree") {
    const std::vector<double> figures{100, 100, 80, 80, 80, 80, 80};
    UpdateOptions options{.policy = BaselinePolicy::ratchet};
    CHECK(update(figures, options).refusal == Refusal::not_confirmed);
    options.confirmed_at = 4;
    CHECK(update(figures, options).refusal == Refusal::none);
    options.confirmed_at = 5;
    CHECK(update(figures, options).refusal == Refusal::not_confirmed);
    options.confirmed_at = 4;
    CHECK(update({100, 100, 80, 80, 80, 80, 99}, options).refusal == Refusal::not_confirmed);
    options.confirmed_at = 40;
    CHECK(update(figures, options).refusal == Refusal::not_confirmed);
}

TEST_CASE("a pinned baseline moves by hand alone") {
    CHECK(update(std::vector<double>(9, 50), {.policy = BaselinePolicy::pinned}).refusal ==
          Refusal::pinned);
}

} // namespace baseline_update_test
