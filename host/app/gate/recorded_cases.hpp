// A recorded run as the cases that a gate judges: figures of today from its points, in SI base
// units, and what it ought to have and does not.
//
//   std::vector<verdict::GateCase> cases = recorded_cases(run);
//   add_lost(*tracking::lost_series(*store, run, file), run, cases);
//
// Pure; any thread.
#pragma once

#include "history/records.hpp"
#include "tracking/expected_series.hpp"
#include "verdict/gate.hpp"

#include <vector>

namespace assay::app {

// What rules choose by, as far as a series says.
[[nodiscard]] verdict::RuleSubject subject_of(const history::Series& series);

// By case, in the run's order. A case that broke has no figures, and names the metrics that it
// would have had, as far as the run says.
[[nodiscard]] std::vector<verdict::GateCase> recorded_cases(const history::Run& run);

// Nothing is lost in a run that was cancelled: it was not reached.
void add_lost(const std::vector<tracking::ExpectedSeries>& lost,
              const history::Run& run,
              std::vector<verdict::GateCase>& cases);

// Unless the file has rules of its own: as gate_cases.hpp the metrics that the run's suites
// themselves gate, and of a case without a time (a throughput of another tool) its first figure
// that can get worse. What got lost counts as if the run had it.
void add_gated_metrics(verdict::GateFile& gates,
                       const history::Run& run,
                       const std::vector<tracking::ExpectedSeries>& lost = {});

// The samples as a gate asks about them; of a figure without samples itself, and what else is kept
// of it.
[[nodiscard]] statistics::Summary summary_of(const history::Point& point);

} // namespace assay::app
