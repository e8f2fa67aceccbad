// A recorded run held against what its series had before, or against another run: a verdict for
// every series, each with its evidence.
//
//   Result<std::vector<ComparedSeries>> all = compare_with_baselines(*store, run, baselines_file);
//   Result<std::vector<ComparedSeries>> two = compare_runs(*store, new_run, old_run);
//   for (const ComparedSeries& one : *all)
//       if (one.verdict.word == verdict::StoredWord::regressed) ...
//
// Section 6 of the specification of tracking. Reads the store; one thread at a time.
#pragma once

#include "history/baselines_file.hpp"
#include "history/store.hpp"
#include "support/result.hpp"
#include "verdict/lattice.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::tracking {

struct ComparedSeries {
    history::Series series;
    std::optional<double> figure = {}; // of the run; nothing: it has none
    std::optional<double> center = {}; // what it was held against
    verdict::StoredVerdict verdict = {};
};

// By case and metric. Missing are the series of the run's platform that somebody has set a baseline
// for (in the history or in the file) and that the run does not have.
Result<std::vector<ComparedSeries>> compare_with_baselines(history::Store& store,
                                                           const history::Run& run,
                                                           const history::BaselinesFile& file);

// By case and metric. The centre is the figure of `other`; how much runs differ is read from the
// other runs on the branch of `other`, within their levels. What only `other` has is missing, or
// failed where its case broke in `run`, and series of another platform are incomparable.
Result<std::vector<ComparedSeries>>
compare_runs(history::Store& store, const history::Run& run, const history::Run& other);

// A series of a run, or of the other one alone, and all that its verdict is made of.
struct HeldSeries {
    history::Series series;
    verdict::AskedSeries asked = {};
};

// What compare_runs() judges, for whoever judges it by rules of their own (a gate): in the order of
// `run`, then what only `other` has.
Result<std::vector<HeldSeries>>
hold_against_run(history::Store& store, const history::Run& run, const history::Run& other);

// The words about series of `run`, by case and metric. A shift of the whole run is found over all
// of them before any one is judged.
std::vector<ComparedSeries>
judge_held(history::Store& store, const history::Run& run, std::vector<HeldSeries> held);

// A figure that is recorded nowhere, in the unit of its series.
struct MeasuredFigure {
    std::string case_id, metric;
    double value = 0;
};

// Figures of now as a run of a platform that the history knows by label or the first digits of its
// fingerprint. Errors: missing (a platform or a figure without a series), usage (several platforms
// or series are meant).
Result<history::Run> run_of_figures(history::Store& store,
                                    const std::vector<MeasuredFigure>& figures,
                                    const std::string& platform);

} // namespace assay::tracking
