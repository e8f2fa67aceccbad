// What the worker gives up before it lets a library in: constructors of the plugin run inside
// dlopen, so everything here comes first.
//
//   json::object isolation = restrict_process(arguments);
//
// Called once, by main, while there is one thread.
#pragma once

#include "support/json.hpp"
#include "worker/arguments.hpp"

namespace assay::worker {

// Closes foreign descriptors, dies with its parent, sets limits, pins. Ends the process at once if
// the parent is already somebody else. Returns what was achieved, for HELLO; what the system
// refuses is reported there as false, not as a failure.
json::object restrict_process(const Arguments& arguments);

} // namespace assay::worker
