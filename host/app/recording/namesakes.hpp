// A warning where runs of another repository have the name under which a run was recorded.
//
//   warn_of_namesakes(say, *store, run);   // after store->record(run)
//
// For runs whose project nobody has named: who gives two repositories one name means that. Reads
// the store; called from main's thread.
#pragma once

#include "app/message.hpp"
#include "history/records.hpp"
#include "history/store.hpp"

namespace assay::app {

void warn_of_namesakes(const Messages& say, history::Store& store, const history::Run& run);

} // namespace assay::app
