// Which series a command is about: cases by id, `suite/family` or regular expression, a metric, a
// platform.
//
//   Result<std::vector<history::SeriesRow>> rows =
//       chosen_series(*store, {.case_words = "router/least_latency", .metric = "time"});
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace assay::tracking {

struct SeriesChoice {
    std::optional<std::string> case_words = {}; // taken as a filter of `run` is
    std::optional<std::string> metric = {};     // by its key
    std::optional<std::string> platform = {};
};

// By case, metric and platform. Errors: usage (a pattern that is none), missing (nothing matches;
// names the nearest).
Result<std::vector<history::SeriesRow>> chosen_series(history::Store& store,
                                                      const SeriesChoice& choice);

// Of these ids those that one of the words means, each taken as above. Errors: usage.
Result<std::set<std::string>> matching_cases(const std::vector<std::string>& case_ids,
                                             const std::vector<std::string>& words);

// "router/least_latency[n=16] time"
std::string series_name(const history::Series& series);

} // namespace assay::tracking
