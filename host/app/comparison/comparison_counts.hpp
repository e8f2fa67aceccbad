// Instruction counts of both builds of every compared case, taken when the last pair is over: they
// cost nothing of the budget, and nothing is timed beside them.
//
//   if (options.session.counts) count_cases(outcome, options, launcher, interrupted);
//
// Called once, from main's thread; uses the lanes.
#pragma once

#include "app/comparison/comparison_session.hpp"

#include <functional>
#include <optional>
#include <string>

namespace assay::app {

void count_cases(ComparisonOutcome& outcome,
                 const ComparisonOptions& options,
                 Launcher& launcher,
                 const std::function<bool()>& interrupted);

// {"old", "new", "change", "deterministic", "source"} or null.
json::value counts_value(const ComparedCase& compared);

// The verdict with what the counts add to it, in the words of the table of fusion; nothing where
// the case was not counted.
std::optional<std::string> fused_verdict(const ComparedCase& compared);

// Why no compared case was counted; empty where one was, or nothing was compared.
std::string uncounted(const ComparisonOutcome& outcome);

// Compared cases whose counts are there and count for nothing.
std::size_t untrusted_counts(const ComparisonOutcome& outcome);

// Cases whose verdict asks for more pairs: slower, although trusted counts are equal.
std::size_t slower_with_equal_work(const ComparisonOutcome& outcome);

// Why a side was not counted, and "nondeterministic".
std::vector<std::string> count_notes(const ComparedCase& compared);

} // namespace assay::app
