// The figures beside time: on figures whose truth is known, never on the clock.
#include "verdict/metric_verdict.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace metric_verdict_test {

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

MetricPairs rate(const std::vector<double>& old_figures, const std::vector<double>& new_figures) {
    return {.key = "rate",
            .unit = "{item}/s",
            .companion = {},
            .higher_is_better = true,
            .old_figures = old_figures,
            .new_figures = new_figures};
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
                       .old_figures = {0, 0, 0, 0},
                       .new_figures = {3, 3, 3, 3}};
    const MetricFinding worse = only(errors);
    CHECK(worse.verdict == MetricVerdict::worse);
    CHECK_FALSE(worse.change.has_value()); // there is no relative change from zero
    errors.new_figures = {0, 0, 0, 0};
    CHECK(only(errors).verdict == MetricVerdict::same);
    errors.old_figures = {4, 4, 4, 4};
    errors.new_figures = {3, 3, 3, 3};
    CHECK(only(errors).verdict == MetricVerdict::better);
}

TEST_CASE("a few launches do not show that a figure is exact: neither changed nor same is said") {
    for (std::size_t n = 1; n <= 4; ++n) {
        for (const double after : {3.0, 4.0}) {
            const MetricFinding finding = only({.key = "steps",
                                                .unit = "{step}",
                                                .companion = {},
                                                .exact = true,
                                                .old_figures = std::vector<double>(n, 4),
                                                .new_figures = std::vector<double>(n, after)});
            CHECK((finding.verdict == MetricVerdict::undecided) == (n < 4));
            CHECK(finding.reason.empty() == (n == 4));
            CHECK(finding.pairs == n);
        }
    }
    // Four launches of a side that do not stand in four pairs are no four.
    const MetricFinding uneven = only({.key = "steps",
                                       .unit = "{step}",
                                       .companion = {},
                                       .exact = true,
                                       .old_figures = {4, 4, 4, 4, 4},
                                       .new_figures = {3, 3, 3, std::nullopt, std::nullopt}});
    CHECK(uneven.verdict == MetricVerdict::undecided);
}

TEST_CASE("an exact figure of verify alone is there once for a build and compared at once") {
    for (const double after : {0.9, 0.8}) {
        const MetricFinding finding = only({.key = "recall",
                                            .unit = "1",
                                            .companion = {},
                                            .higher_is_better = true,
                                            .exact = true,
                                            .only_verified = true,
                                            .old_figures = {0.9},
                                            .new_figures = {after}});
        CHECK(finding.verdict == (after < 0.9 ? MetricVerdict::worse : MetricVerdict::same));
    }
}

TEST_CASE("a figure called exact that differs between launches of one build is judged like any") {
    MetricPairs steps{.key = "steps",
                      .unit = "{step}",
                      .companion = {},
                      .exact = true,
                      .old_figures = {2, 4, 4, 4},
                      .new_figures = {4, 4, 4, 4}};
    CHECK(only(steps).verdict == MetricVerdict::undecided); // too few pairs
    CHECK(only(steps).reason.starts_with("nondeterministic: "));
    CHECK(only(steps).reason.find("the old build") != std::string::npos);
    steps.old_figures = {3, 3, 3, 3};
    steps.new_figures = {2, 4, 4, 4};
    CHECK(only(steps).verdict == MetricVerdict::undecided);
    CHECK(only(steps).reason.find("the new build") != std::string::npos);
    steps.old_figures = std::vector<double>(20, 10);
    steps.new_figures = std::vector<double>(20, 20);
    steps.new_figures.front() = 21;
    CHECK(only(steps).verdict == MetricVerdict::worse);
    CHECK(only(steps).reason.starts_with("nondeterministic: "));
}

TEST_CASE("figures of different launches make the metric unavailable, with its reason") {
    MetricPairs metric = rate({1, 1, 1}, {1});
    CHECK(only(metric).verdict == MetricVerdict::unavailable);
    CHECK_FALSE(only(metric).reason.empty());
    metric.reason = "no counter";
    CHECK(only(metric).reason == "no counter");
}

TEST_CASE("figures are matched by their pair where launches lack some") {
    // Each pair has a level of its own, and the new build 5 % less of it.
    MetricPairs metric = rate({}, {});
    for (int pair = 0; pair < 16; ++pair) {
        const double level = std::pow(3, (7 * pair) % 16);
        metric.old_figures.push_back(level);
        metric.new_figures.push_back(0.95 * level);
    }
    metric.old_figures[3].reset();
    metric.new_figures[8].reset();
    const MetricFinding finding = only(metric);
    CHECK(finding.verdict == MetricVerdict::worse);
    CHECK(finding.change.value() == doctest::Approx(0.05));
    CHECK(finding.pairs == 14);
    CHECK(finding.pairs_asked == 16);
}

TEST_CASE("what one build alone has is never the same, be it exact or not") {
    const std::vector<double> all(12, 5);
    const LaunchFigures none(12, std::nullopt);
    for (const bool exact : {false, true}) {
        for (const bool old_has_it : {false, true}) {
            MetricPairs metric = rate({}, {});
            metric.exact = exact;
            (old_has_it ? metric.old_figures : metric.new_figures) = all;
            CHECK(only(metric).verdict == MetricVerdict::unavailable);
            (old_has_it ? metric.new_figures : metric.old_figures) = none;
            CHECK(only(metric).verdict == MetricVerdict::unavailable);
            CHECK(only(metric).pairs == 0);
        }
    }
}

TEST_CASE("builds that never report a figure in one and the same pair have nothing to compare") {
    for (const bool exact : {false, true}) {
        MetricPairs metric = rate({}, {});
        metric.exact = exact;
        for (int pair = 0; pair < 12; ++pair) {
            metric.old_figures.push_back(pair % 2 == 0 ? std::optional(5.0) : std::nullopt);
            metric.new_figures.push_back(pair % 2 != 0 ? std::optional(5.0) : std::nullopt);
        }
        CHECK(only(metric).verdict == MetricVerdict::unavailable);
        CHECK_FALSE(only(metric).reason.empty());
    }
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
              .old_figures = {0, 0, 0, 0},
              .new_figures = {3, 3, 3, 3}};
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

} // namespace metric_verdict_test
