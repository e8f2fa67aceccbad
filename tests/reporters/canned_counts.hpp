// Event streams with what --counts and numeric axes add: statements beside verdicts, fits below the
// table.
//
//   written_by("console", counted_comparison());
//
// Pure functions.
#pragma once

#include "canned_runs.hpp"

namespace canned {

Events counted_comparison(); // two of the compared cases were counted
Events fitted_run();         // fits with and without an interval, and one that was not possible

} // namespace canned
