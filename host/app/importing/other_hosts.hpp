// A warning where files of several hosts count as one machine: a host name is no part of a
// platform, and what else such files tell of their machines may be the same.
//
//   warn_of_other_hosts(say, *store, import);   // after its runs were recorded
//
// Not for a platform that somebody has named: whoever says --platform says which machine is meant.
// Reads the store; called from main's thread.
#pragma once

#include "app/importing/import_report.hpp"
#include "app/message.hpp"
#include "history/store.hpp"
#include "support/json.hpp"

#include <string>

namespace assay::app {

// As one of the importers names it; "" where the file did not.
std::string host_named_in(const json::object& environment);

void warn_of_other_hosts(const Messages& say, history::Store& store, const FileImport& import);

} // namespace assay::app
