// What a recorded run was asked to measure, so that runs of another filter are not taken for runs
// that lost what they were never asked for.
//
//   asked_of_run(run)     // "run", its filters, --suite, --param, --shard, ...
//
// Pure; any thread.
#pragma once

#include "history/records.hpp"

#include <string>

namespace assay::app {

// Of equal texts the same cases were asked for: the command and whatever chooses cases, in the
// order of the command line, without what only says how to measure or report. A command line that
// this Assay does not understand is taken as it was typed; of an import it is the format.
[[nodiscard]] std::string asked_of_run(const history::Run& run);

} // namespace assay::app
