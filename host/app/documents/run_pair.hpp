// Two recorded runs beside each other for a report: of every series the least, mean, deviation,
// median, most, rounds and outliers of both, and the word of the history about the change.
//
//   auto pair = run_pair(*store, *run, *against);        // "before-rewrite": names of runs too
//   document["comparison"] = std::move(*pair);           // schemas/report.json
//
// Reads the store; called from main's thread.
#pragma once

#include "history/store.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <cstddef>
#include <string>

namespace assay::app {

inline constexpr std::size_t kPairRowsTold = 200;

// A run as it was asked for, and what that meant.
struct AskedRun {
    std::string words;
    history::Run run;
};

// Nothing is measured and nothing is kept; what only one of them has is told with its reason.
Result<json::object> run_pair(history::Store& store, const AskedRun& run, const AskedRun& against);

} // namespace assay::app
