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

// [{"key", "unit", "verdict", "change", "scale", "old", "new", "pairs", "exact", "old_figures",
// "new_figures", "reason"}]: everything that a finding was made of
json::array metric_objects(const ComparedCase& compared);

// Metrics found worse, over all compared cases.
std::size_t worse_metrics(const ComparisonOutcome& outcome);

} // namespace assay::app
