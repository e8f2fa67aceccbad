// What the history knows of the figures of a run: for each the baseline it is held against.
//
//   Result<std::size_t> known = add_known_series(*store, run, baselines_file, cases);
//
// A baseline that a person or `assay baseline update` has set comes first, else the runs of the
// run's own branch, else those of the branch that it left. Reads the store; one thread at a time.
#pragma once

#include "history/baselines_file.hpp"
#include "history/store.hpp"
#include "support/result.hpp"
#include "tracking/expected_series.hpp"
#include "verdict/gate.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace assay::app {

// By case id and metric: the id of its series in the store.
using SeriesIds = std::map<std::pair<std::string, std::string>, std::int64_t>;

// Those of what got lost, so that a line about it says of what it is.
Status add_lost_ids(history::Store& store,
                    const std::vector<tracking::ExpectedSeries>& lost,
                    SeriesIds& ids);

// Of every point of a run that is in the store.
Result<SeriesIds> series_of(history::Store& store, const history::Run& run);

// Fills `stored` of every figure of `cases`, and gives the series that the store has. `run`: the
// one that is judged, whose own points never count.
Result<SeriesIds> add_known_series(history::Store& store,
                                   const history::Run& run,
                                   const history::BaselinesFile& file,
                                   std::vector<verdict::GateCase>& cases);

} // namespace assay::app
