// The figure that a person pins: a number with a unit, or that of a recorded run.
//
//   Result<PinnedFigure> figure = pinned_figure(*store, series, "8.2 ms");
//   Result<PinnedFigure> other = pinned_figure(*store, series, "run:0192f3a1");
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"

#include <optional>
#include <string>

namespace assay::app {

struct PinnedFigure {
    double center = 0;
    std::optional<double> spread = {};
    std::string run = {}, commit = {}, branch = {}; // empty: a number
};

// What begins with a number is one, and else a run as Store::run() takes it; "run:" in front says
// so of ids that begin with digits. Errors: config (a number in another unit), missing (the run has
// no figure of the series), and those of the store.
Result<PinnedFigure>
pinned_figure(history::Store& store, const history::Series& series, const std::string& words);

} // namespace assay::app
