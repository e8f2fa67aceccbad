// The one series that a person means when they say by hand what it is held against: a case by its
// whole id, a metric, one machine.
//
//   Result<history::SeriesRow> series = one_series(*store, invocation);
//
// Reads the store; one thread at a time.
#pragma once

#include "app/command_table.hpp"
#include "history/store.hpp"
#include "support/result.hpp"

namespace assay::app {

// The first two words are CASE and METRIC; --platform. Errors besides those of the store: missing
// (no such series; names the nearest), usage (several are meant, which are named).
Result<history::SeriesRow> one_series(history::Store& store, const Invocation& invocation);

} // namespace assay::app
