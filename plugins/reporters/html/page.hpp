// The page of one run, comparison or gate: what came out first, then the figures behind it.
//
//   out.write(page_of(reader.run(), figures));
//
// One file, without script and without a request: `default-src 'none'`. Pure.
#pragma once

#include "report_text/told_run.hpp"
#include "run_charts/run_figures.hpp"

#include <string>

namespace html_reporter {

// What a page shows at most; the rest is counted, and the sentence says where all of it is.
inline constexpr std::size_t kRowsMax = 2000;

[[nodiscard]] std::string page_of(const report_text::ToldRun& run,
                                  const run_charts::RunFigures& figures,
                                  const std::string& distributions);

// A chart with its figures as a table.
[[nodiscard]] std::string figure_of(const assay::charts::Chart& chart);

} // namespace html_reporter
