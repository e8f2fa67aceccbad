// The document assay.comparison/1 in the parts that reporters receive, and the exit code that a
// comparison amounts to.
//
//   json::object head = comparison_object(options, old_side, new_side);   // run_begin
//   report::CaseResult result = case_result(compared, options);           // case_end
//   json::object summary = summary_object(outcome);                       // run_end
//
// Pure; any thread.
#pragma once

#include "app/comparison/comparison_session.hpp"
#include "app/comparison/side.hpp"
#include "app/exit_code.hpp"
#include "report/event.hpp"
#include "support/json.hpp"

#include <string>

namespace assay::app {

// What was compared under which rules: "margin", "alpha", "method", "budget_s", "old", "new".
json::object
comparison_object(const ComparisonOptions& options, const Side& old_side, const Side& new_side);

// Adds what is known at the end: "controls", "seconds", "pairs".
void add_controls(json::object& comparison, const ComparisonOutcome& outcome);

// One case as reporters see it: the new build's figures, and under "comparison" the object that
// stands in the document's "cases".
report::CaseResult case_result(const ComparedCase& compared, const ComparisonOptions& options);

// Counts per verdict and per fate, "partial", "seconds".
json::object summary_object(const ComparisonOutcome& outcome);

// 0 only when at least one case was compared and every one of them is same or faster.
ExitCode code_of(const ComparisonOutcome& outcome);

// Undecided for want of pairs, and not because it was withdrawn.
bool wants_more_pairs(const ComparedCase& compared);

// What would decide what is undecided, or nothing: a budget in seconds for the whole comparison.
std::optional<double> budget_that_would_do(const ComparisonOutcome& outcome);

} // namespace assay::app
