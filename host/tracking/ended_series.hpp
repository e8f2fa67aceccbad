// Series that ended because their metric is told in another unit or direction since: nothing is
// added to them any more, and nothing should be held against them.
//
//   Result<EndedSeries> ended = ended_series(*store, rows);
//   if (auto found = ended->find(row.id); found != ended->end())
//       say("since then in " + found->second.unit);
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace assay::tracking {

// What goes on in place of a series.
struct SeriesEnd {
    std::int64_t last = 0; // when the newest run of the ended series began
    std::string unit;
    measure::Direction direction = measure::Direction::none;
};

using EndedSeries = std::map<std::int64_t, SeriesEnd>; // by the id of the series that ended

// Of `rows` those that another one of `rows` goes on for: of the same case, metric, machine and way
// to measure, with newer runs. Excluded runs count: they were measured.
Result<EndedSeries> ended_series(history::Store& store,
                                 const std::vector<history::SeriesRow>& rows);

// Without those that ended.
Status keep_current(history::Store& store, std::vector<history::SeriesRow>& rows);

} // namespace assay::tracking
