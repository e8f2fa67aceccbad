// What became of the figures beside `time` in a comparison: those that the suite's author gates,
// the exact ones, and their companions.
//
//   judge_metrics(outcome, options);              // once, when the last pair is over
//   document["metrics"] = metric_objects(compared);
//
// Pure but for the outcome it completes.
#pragma once

#include "app/comparison/comparison_session.hpp"

namespace assay::app {

void judge_metrics(ComparisonOutcome& outcome, const ComparisonOptions& options);

// Those of a case that both builds have, known before the first pair: gated, exact, and companions.
[[nodiscard]] std::vector<const measure::MetricDescription*>
judged_metrics(const MatchedCase& matched);

// Both sides of a metric, launch by launch.
[[nodiscard]] verdict::MetricPairs metric_pairs(const report::MetricResult& before,
                                                const report::MetricResult& after);

// [{"key", "unit", "verdict", "change", "scale", "old", "new", "pairs", "pairs_asked", "exact",
// "old_figures", "new_figures", "reason"}]: everything that a finding was made of
json::array metric_objects(const ComparedCase& compared);

json::value number_or_null(const std::optional<double>& value);

// Metrics found worse, over all compared cases.
std::size_t worse_metrics(const ComparisonOutcome& outcome);

} // namespace assay::app
