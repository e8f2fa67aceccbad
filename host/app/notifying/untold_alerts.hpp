// Alerts that are open and that somebody was never told of: opened before they were named, or by an
// analysis on a machine that does not know them.
//
//   auto untold = untold_alerts(*store, ids_of(notifiers), now);
//   store->keep_analysis({.notices = *untold});          // they wait in the outbox then
//
// Called from main's thread.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace assay::app {

// Of every project, platform and branch. Looked at as they are today; no alert changes its state,
// and one that this look finds to be over is left to `assay analyze`. Reads the store.
Result<std::vector<history::NoticeRow>>
untold_alerts(history::Store& store, const std::vector<std::string>& notifiers, std::int64_t now);

} // namespace assay::app
