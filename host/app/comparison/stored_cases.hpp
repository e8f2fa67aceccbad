// What the words about the series of two runs amount to, case by case: the cases of the document
// assay.comparison/1 where two recorded runs or two files of other tools were compared, and the
// exit code.
//
//   std::vector<StoredCase> cases = stored_cases(StoredKind::runs, old_run, new_run,
//                                                *compare_runs(*store, new_run, old_run));
//   for (const StoredCase& one : cases) publish(case_result(one));
//   return code_of(cases);
//
// The words are those of tracking/run_comparison; nothing is judged here. Pure; any thread.
#pragma once

#include "app/comparison/matched_case.hpp"
#include "app/comparison/stored_pair.hpp"
#include "app/exit_code.hpp"
#include "history/records.hpp"
#include "report/event.hpp"
#include "support/json.hpp"
#include "tracking/run_comparison.hpp"
#include "verdict/severity.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::app {

// What `same` means of figures that were not taken side by side: a change of this size would have
// been seen (of shares: five points). Of every metric the document says how much was enough.
inline constexpr double kStoredMargin = verdict::SeverityLimits{}.fail;

struct StoredCase {
    StoredKind kind = StoredKind::runs;
    std::string id, suite, family;
    CaseFate fate = CaseFate::compared;
    std::string reason = {}; // why not, for the others
    // The main one first: `time` where there is one.
    std::vector<tracking::ComparedSeries> series = {};
};

// In the order of the new run, then what only the old one has. A case that neither has a figure of,
// and that broke in neither, is left out.
std::vector<StoredCase> stored_cases(StoredKind kind,
                                     const history::Run& old_run,
                                     const history::Run& new_run,
                                     std::vector<tracking::ComparedSeries> compared);

// As reporters see it; "comparison" is the object of the document's "cases".
report::CaseResult case_result(const StoredCase& one);

// Counts per verdict and per fate.
json::object summary_object(const std::vector<StoredCase>& cases);

// 0 only where every case was compared, none is worse or undecided, and no figure of them became
// incomparable (another unit, another direction).
ExitCode code_of(const std::vector<StoredCase>& cases);

// Of cases that were compared, the figures that were not: "s/f memory". What they were held against
// is no longer the same, so that they make the exit code 4 beside whatever the case's verdict is.
[[nodiscard]] std::vector<std::string> incomparable_figures(const std::vector<StoredCase>& cases);

// Cases with a series that was not decided for want of runs to tell how much they differ.
[[nodiscard]] std::size_t wanting_runs(const std::vector<StoredCase>& cases);

} // namespace assay::app
