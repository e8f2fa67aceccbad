// What rules of kind no_new_alerts ask: the history of a recorded run's branch is analysed, the
// alerts are kept, and those that the run opened are told.
//
//   auto asked = new_alerts(*store, run, gates);
//
// In a history of several projects the run's own is looked at from then on: of another's alerts
// this run opens none. Reads and writes the store; called from main's thread.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"
#include "verdict/gate_alerts.hpp"

namespace assay::app {

[[nodiscard]] bool asks_for_alerts(const verdict::GateFile& gates);

// `run`: recorded, and the newest of its branch. Errors: those of the store; a history that is too
// young is an answer, and so is a run of a dirty tree. `keep`: what is found is written down.
Result<verdict::AlertsAsked>
new_alerts(history::Store& store, const history::Run& run, bool keep = true);

} // namespace assay::app
