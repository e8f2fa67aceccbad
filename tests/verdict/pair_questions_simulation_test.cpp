// Whole comparisons on simulated pairs of time and several metrics, which get pairs for as long as
// a metric wants them: what is claimed is true, and what is planted is found.
#include "verdict/pair_questions.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace pair_questions_simulation_test {

using namespace assay;
using namespace assay::verdict;

namespace {

constexpr std::size_t kCases = 4, kMetrics = 3;
constexpr double kMargin = 0.01;

struct Tally {
    std::size_t runs_with_alarm = 0, same = 0, found = 0, claims = 0, false_claims = 0;
    std::size_t pairs = 0, decided_after = 0; // of the case with planted changes
};

struct Truth {
    std::size_t planted = 0; // metrics of the first case that are `change` worse
    double change = 0.20;
    double unchanged = kMargin; // all others: exactly the margin, the hardest null
    double noise = 0.02;        // of the first metric; the last has three times that
    std::size_t pairs_max = 400;
};

// One run: pairs are given until nobody wants any, looked at after every one.
class Run {
public:
    Run(const Truth& truth, std::uint64_t seed)
        : truth_(truth)
        , random_(seed)
        , comparison_({.seed = seed}, kCases)
        , questions_(kCases, {}) {
        for (std::size_t i = 0; i < kCases; ++i) {
            for (std::size_t k = 0; k < kMetrics; ++k) {
                for (const auto& [kind, family] :
                     {std::pair{QuestionKind::loss, 0u}, std::pair{QuestionKind::gain, 1u}}) {
                    questions_.add({.series = i,
                                    .metric = key(k),
                                    .kind = kind,
                                    .share = kMargin,
                                    .family = family});
                }
                figures_[i][k] = {.key = key(k), .unit = "s", .companion = {}};
            }
        }
    }

    void measure() {
        for (std::size_t pairs = 0; pairs < truth_.pairs_max; ++pairs) {
            const auto next = comparison_.next_series(1e9);
            if (!next) {
                return;
            }
            take_pair(*next);
        }
    }

    void count_into(Tally& tally) const {
        std::vector<std::vector<MetricPairs>> cases;
        for (const auto& one : figures_) {
            cases.emplace_back(std::begin(one), std::end(one));
        }
        const auto findings = judge_metrics(cases, {.margin = kMargin});
        std::size_t alarms = 0;
        for (std::size_t i = 0; i < kCases; ++i) {
            for (std::size_t k = 0; k < kMetrics; ++k) {
                const bool planted = i == 0 && k < truth_.planted;
                const bool worse = findings[i][k].verdict == MetricVerdict::worse;
                tally.claims += worse ? 1 : 0;
                tally.same += findings[i][k].verdict == MetricVerdict::same ? 1 : 0;
                tally.found += worse && planted ? 1 : 0;
                alarms += worse && !planted ? 1 : 0;
                CHECK(findings[i][k].verdict != MetricVerdict::better);
            }
        }
        tally.false_claims += alarms;
        tally.runs_with_alarm += alarms > 0 ? 1 : 0;
        tally.pairs += comparison_.finding(0).pairs;
        tally.decided_after += comparison_.finding(0).decided_after.value_or(0);
    }

private:
    static std::string key(std::size_t metric) { return "m" + std::to_string(metric); }

    void take_pair(std::size_t series) {
        std::normal_distribution<double> calm(0, 0.002);
        const double shared = calm(random_); // the machine's, in all figures of a pair
        comparison_.add_pair(series, {.x = shared, .seconds = 0.05});
        ++taken_[series];
        for (std::size_t k = 0; k < kMetrics; ++k) {
            const bool planted = series == 0 && k < truth_.planted;
            std::normal_distribution<double> noise(shared,
                                                   truth_.noise * static_cast<double>(k + 1));
            MetricPairs& metric = figures_[series][k];
            metric.old_figures.push_back(1);
            metric.new_figures.push_back((1 + (planted ? truth_.change : truth_.unchanged)) *
                                         std::exp(noise(random_)));
            questions_.tell(series, metric, taken_[series]);
        }
        const std::vector<WantedPairs> wanted = questions_.wanted();
        for (std::size_t i = 0; i < kCases; ++i) {
            comparison_.want(i, wanted[i]);
        }
    }

    Truth truth_;
    std::mt19937_64 random_;
    Comparison comparison_;
    PairQuestions questions_;
    MetricPairs figures_[kCases][kMetrics];
    std::size_t taken_[kCases] = {};
};

Tally simulate(std::size_t runs, const Truth& truth) {
    Tally tally;
    for (std::size_t run = 0; run < runs; ++run) {
        Run one(truth, run + 1);
        one.measure();
        one.count_into(tally);
    }
    return tally;
}

} // namespace

TEST_CASE("of runs whose metrics all lie on the margin at most 5 % claim that any got worse") {
    constexpr std::size_t kRuns = 250; // 3000 streams
    const Tally tally = simulate(kRuns, {});
    MESSAGE("alarms: ", tally.runs_with_alarm, " of ", kRuns);
    CHECK(static_cast<double>(tally.runs_with_alarm) <=
          0.05 * kRuns + 3 * std::sqrt(0.05 * 0.95 * kRuns));
}

TEST_CASE("metrics that got 20 % worse are found with more pairs than time takes, and few others") {
    constexpr std::size_t kRuns = 40;
    const Tally tally = simulate(kRuns, {.planted = 2});
    MESSAGE("false claims: ", tally.false_claims, " of ", tally.claims);
    CHECK(tally.found >= kRuns * 2 * 95 / 100);
    CHECK(tally.pairs > tally.decided_after);
    CHECK(static_cast<double>(tally.false_claims) <= 0.1 * static_cast<double>(tally.claims));
}

TEST_CASE("unchanged metrics are shown to be the same and then end the pairs") {
    const Tally tally = simulate(10, {.unchanged = 0, .noise = 0.003});
    CHECK(tally.claims == 0);
    CHECK(tally.same == 10 * kCases * kMetrics);
    CHECK(tally.pairs < 10 * 400 / kCases); // they ended by themselves
}

} // namespace pair_questions_simulation_test
