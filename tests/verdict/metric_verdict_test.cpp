// The figures beside time: on figures whose truth is known, never on the clock.
#include "verdict/metric_verdict.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

using namespace assay;
using namespace assay::verdict;

namespace {

// `n` figures about `centre`, with a relative spread.
std::vector<double> figures(std::mt19937_64& random, std::size_t n, double centre, double spread) {
    std::normal_distribution<double> noise(0, spread);
    std::vector<double> out;
    for (std::size_t i = 0; i < n; ++i) {
        out.push_back(centre * std::exp(noise(random)));
    }
    return out;
}

MetricPairs rate(std::vector<double> old_figures, std::vector<double> new_figures) {
    return {.key = "rate",
            .unit = "{item}/s",
            .companion = {},
            .higher_is_better = true,
            .old_figures = std::move(old_figures),
            .new_figures = std::move(new_figures)};
}

MetricFinding only(const MetricPairs& metric, const MetricRules& rules = {}) {
    const std::array<std::vector<MetricPairs>, 1> cases{{{metric}}};
    return judge_metrics(cases, rules).at(0).at(0);
}

} // namespace

TEST_CASE("a rate that falls by 5 % is worse, one that rises is better") {
    std::mt19937_64 random(1);
    const auto before = figures(random, 12, 1e6, 0.002);
    const MetricFinding worse = only(rate(before, figures(random, 12, 0.95e6, 0.002)));
    CHECK(worse.verdict == MetricVerdict::worse);
    CHECK(worse.change.value() == doctest::Approx(0.05).epsilon(0.1));
    CHECK_FALSE(worse.points);
    CHECK(worse.pairs == 12);
    const MetricFinding better = only(rate(before, figures(random, 12, 1.05e6, 0.002)));
    CHECK(better.verdict == MetricVerdict::better);
    CHECK(better.change.value() < 0);
}

TEST_CASE("equal figures are the same after enough pairs, undecided after few") {
    std::mt19937_64 random(2);
    CHECK(only(rate(figures(random, 12, 5, 0.001), figures(random, 12, 5, 0.001))).verdict ==
          MetricVerdict::same);
    CHECK(only(rate(figures(random, 3, 5, 0.001), figures(random, 3, 5, 0.001))).verdict ==
          MetricVerdict::undecided);
}

TEST_CASE("a share is judged in percentage points") {
    const MetricPairs hits{.key = "hit_rate",
                           .unit = "1",
                           .companion = {},
                           .higher_is_better = true,
                           .old_figures = std::vector<double>(12, 0.60),
                           .new_figures = std::vector<double>(12, 0.57)};
    const MetricFinding finding = only(hits);
    CHECK(finding.points);
    CHECK(finding.change.value() == doctest::Approx(0.03));
    CHECK(finding.verdict == MetricVerdict::worse);
}

TEST_CASE("an exact figure needs no statistics, and may start from zero") {
    MetricPairs errors{.key = "errors",
                       .unit = "{error}",
                       .companion = {},
                       .exact = true,
                       .old_figures = {0, 0},
                       .new_figures = {3, 3}};
    const MetricFinding worse = only(errors);
    CHECK(worse.verdict == MetricVerdict::worse);
    CHECK_FALSE(worse.change.has_value()); // there is no relative change from zero
    errors.new_figures = {0, 0};
    CHECK(only(errors).verdict == MetricVerdict::same);
    errors.old_figures = {4, 4};
    errors.new_figures = {3, 3};
    CHECK(only(errors).verdict == MetricVerdict::better);
}

TEST_CASE("a figure called exact that differs between launches of one build is judged like any") {
    MetricPairs steps{.key = "steps",
                      .unit = "{step}",
                      .companion = {},
                      .exact = true,
                      .old_figures = {2, 4, 4},
                      .new_figures = {4, 4, 2}};
    CHECK(only(steps).verdict == MetricVerdict::undecided); // too few pairs
    steps.old_figures = {3, 3};
    steps.new_figures = {2, 4};
    CHECK(only(steps).verdict == MetricVerdict::undecided);
}

TEST_CASE("a figure that a pair lacks makes the metric unavailable, with its reason") {
    MetricPairs metric = rate({1, 1, 1}, {1, 1});
    CHECK(only(metric).verdict == MetricVerdict::unavailable);
    CHECK_FALSE(only(metric).reason.empty());
    metric.reason = "no counter";
    CHECK(only(metric).reason == "no counter");
}

TEST_CASE("what got better while its companion got worse is undecided and says so") {
    std::mt19937_64 random(3);
    MetricPairs latency{.key = "latency_p99",
                        .unit = "s",
                        .companion = "recall",
                        .old_figures = figures(random, 12, 1e-3, 0.002),
                        .new_figures = figures(random, 12, 0.8e-3, 0.002)};
    MetricPairs recall{.key = "recall",
                       .unit = "1",
                       .companion = {},
                       .higher_is_better = true,
                       .old_figures = std::vector<double>(12, 0.99),
                       .new_figures = std::vector<double>(12, 0.90)};
    std::array<std::vector<MetricPairs>, 1> cases{{{latency, recall}}};
    auto found = judge_metrics(cases, {});
    CHECK(found[0][0].verdict == MetricVerdict::undecided);
    CHECK(found[0][0].reason.find("recall") != std::string::npos);
    CHECK(found[0][1].verdict == MetricVerdict::worse);
    cases[0][1].new_figures = recall.old_figures;
    found = judge_metrics(cases, {});
    CHECK(found[0][0].verdict == MetricVerdict::better);
}

TEST_CASE("after a fired null control nothing is claimed, not even of exact figures") {
    std::mt19937_64 random(4);
    MetricPairs metric = rate(figures(random, 12, 1, 0.001), figures(random, 12, 0.5, 0.001));
    const MetricRules rules{.null_control_fired = true};
    CHECK(only(metric, rules).verdict == MetricVerdict::undecided);
    CHECK(only(metric, rules).reason == "null control fired");
    metric = {.key = "errors",
              .unit = "{error}",
              .companion = {},
              .exact = true,
              .old_figures = {0, 0},
              .new_figures = {3, 3}};
    CHECK(only(metric, rules).verdict == MetricVerdict::undecided);
    CHECK(only(metric).verdict == MetricVerdict::worse);
}

TEST_CASE("hundreds of unchanged metrics with the truth on the margin raise few false alarms") {
    std::mt19937_64 random(5);
    constexpr int kRuns = 400;
    int alarms = 0;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<std::vector<MetricPairs>> cases;
        for (int i = 0; i < 10; ++i) {
            // Exactly 1 % worse: not more than the margin, so no claim may be made.
            cases.push_back(
                {rate(figures(random, 20, 1.0, 0.01), figures(random, 20, 0.99, 0.01))});
        }
        bool any = false;
        for (const auto& findings : judge_metrics(cases, {})) {
            any |= findings[0].verdict == MetricVerdict::worse;
        }
        alarms += any ? 1 : 0;
    }
    CHECK(alarms <= 0.05 * kRuns + 3 * std::sqrt(0.05 * 0.95 * kRuns));
}
