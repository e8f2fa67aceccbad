// The repeats of one metric of one imported case, as the point that the history keeps.
//
//   Result<history::Point> point = imported_point(repeats, Direction::none);
//
// Pure.
#pragma once

#include "history/records.hpp"
#include "measure/importing.hpp"
#include "support/result.hpp"

#include <span>
#include <string>

namespace assay::app {

// Samples of all repeats one behind the other; a repeat without samples counts as one, its figure.
// A single one keeps what its tool computed. Of the series only metric, units, direction, clock and
// flags are filled in. `fallback`: the direction of a metric that has none.
// Errors (plugin): the unit changes between repeats, a negative time.
Result<history::Point> imported_point(std::span<const measure::ImportedMetric> repeats,
                                      measure::Direction fallback);

// SHA-256 of what was measured and of what: commit, date, platform, cases and figures.
std::string content_digest(const history::Run& run);

} // namespace assay::app
