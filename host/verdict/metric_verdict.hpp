// Whether the figures beside `time` (hit rate, recall, error...) got worse between two builds, from
// the pairs that the verdict on `time` was found with.
//
//   std::vector<std::vector<MetricFinding>> found = judge_metrics(cases, {.margin = 0.01});
//   if (found[i][k].verdict == MetricVerdict::worse) ...
//
// Pure; any thread.
#pragma once

#include "statistics/evidence.hpp"
#include "verdict/launch_figures.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::verdict {

enum class MetricVerdict { worse, better, same, undecided, unavailable };

std::string_view name_of(MetricVerdict verdict) noexcept; // "worse", "better", ...

// One metric of one case: what each build reported, by pair.
struct MetricPairs {
    std::string key, unit;
    std::string companion; // key of the metric without which this one says nothing, or empty
    bool higher_is_better = false;
    // Said to be the same in every launch: compared for equality, if that holds within each build
    // and enough launches show it (exact_launches_min()).
    bool exact = false;
    // By verify(), which is called once for a build: then its suite's word is all there is.
    bool only_verified = false;
    LaunchFigures old_figures = {}, new_figures = {};
    std::string reason = {}; // of figures that are unavailable
};

// Whether every launch of each build gave one figure of a metric that is said to be exact. One that
// disagrees with itself is judged like any other.
[[nodiscard]] bool is_exact(const MetricPairs& metric) noexcept;

struct MetricFinding {
    MetricVerdict verdict = MetricVerdict::undecided;
    // The median over pairs, positive = worse: a share of the old figure, or of the whole where
    // `points` (0.02 is then two percentage points). Nothing where there is no change to tell.
    std::optional<double> change = {};
    bool points = false;
    std::size_t pairs = 0;       // that both builds have a figure of: these told
    std::size_t pairs_asked = 0; // with it or without
    // Of unavailable, of an undecided that is not for want of evidence, and of any that rests on a
    // figure said to be exact which is not.
    std::string reason = {};
};

struct MetricRules {
    double margin = 0.01; // smallest change that matters; of shares in points / 100
    double alpha = 0.05;
    statistics::EvidenceMethod method = statistics::EvidenceMethod::mixture;
    bool null_control_fired = false; // no claim counts
    // Metrics asked about before the first pair, all cases together: those that turned out exact or
    // without figures count too, and those of cases that failed. 0 = as many as there are.
    std::size_t questions = 0;
};

// `cases[i]`: the metrics asked about in case i; the findings stand in the same places. All
// questions of the comparison are one e-BH family per direction, `same` is said per question.
// A metric that got better while its companion got worse is undecided: neither says it alone.
[[nodiscard]] std::vector<std::vector<MetricFinding>>
judge_metrics(std::span<const std::vector<MetricPairs>> cases, const MetricRules& rules);

} // namespace assay::verdict
