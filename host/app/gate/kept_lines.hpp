// The lines of a gate as the history keeps them beside the run that was judged: `assay history
// show` lists them.
//
//   Status kept = keep_lines(*store, run.uuid, ids, report);
//
// Judged again by the same rules, a run has the lines of the last time. Writes the store; one
// thread at a time.
#pragma once

#include "app/gate/known_series.hpp"
#include "history/store.hpp"
#include "support/result.hpp"
#include "verdict/gate.hpp"

#include <string>

namespace assay::app {

// `ids`: the series that lines are about, by case and metric.
Status keep_lines(history::Store& store,
                  const std::string& run_uuid,
                  const SeriesIds& ids,
                  const verdict::GateReport& report);

} // namespace assay::app
