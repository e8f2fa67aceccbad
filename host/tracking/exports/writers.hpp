// One writer for every format of another tool, each in the file of its name.
//
//   const ExportText made = google_benchmark_text(run);
//   file.write(made.text);            // and tell people made.left_out
//
// Figures are the history's, in SI base units unless the format has units of its own, in the
// shortest digits that read back as the same double. Nothing that is not finite is ever written.
// Pure; callable from any thread.
#pragma once

#include "measure/description.hpp"
#include "support/result.hpp"
#include "tracking/exports/export_text.hpp"
#include "tracking/exports/exported_run.hpp"

#include <filesystem>
#include <optional>
#include <span>

namespace assay::tracking {

// assay.results/1, as far as a history keeps what stands in it (schemas/results.json).
ExportText results_text(const ExportedRun& exported);

// The same from the bundle that was written while the run was measured: all of the document, as a
// reporter wrote it. Reads a file. Nothing: the bundle was made from a history, which has no more.
// Errors: those of read_bundle().
Result<std::optional<ExportText>> results_of_bundle(const std::filesystem::path& bundle);

// One row per figure, as `assay history export --format csv`.
ExportText csv_text(std::span<const ExportedRun> runs);

// The JSON of google-benchmark programs: a row per sample of `time`, and the median.
ExportText google_benchmark_text(const ExportedRun& exported);

// The Go benchmark format, for benchstat: a line per sample.
ExportText benchfmt_text(std::span<const ExportedRun> runs);

// Bencher Metric Format.
ExportText bmf_text(const ExportedRun& exported);

// Custom results of github-action-benchmark. One file is read as "bigger is better" or as "smaller
// is better": nothing for `only` is refused (usage) where the run has figures of both directions.
Result<ExportText> github_action_benchmark_text(const ExportedRun& exported,
                                                std::optional<measure::Direction> only);

// OpenMetrics 1.0; several runs have timestamps, one has none.
ExportText openmetrics_text(std::span<const ExportedRun> runs);

// A test case per series; what a gate failed, and what did not pass, are failures.
ExportText junit_text(const ExportedRun& exported);

// SARIF 2.1.0: what a gate or a comparison found wrong. Refused (missing) where nothing judged the
// run: an empty document closes every alert of the one before.
Result<ExportText> sarif_text(const ExportedRun& exported);

} // namespace assay::tracking
