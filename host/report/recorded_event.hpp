// An event of a run that was recorded, so that reporters can be told of it again: the other way
// round of to_json(Event).
//
//   for (const json::object& document : documents) bus.publish(recorded_event(document));
//
// Pure; callable from any thread.
#pragma once

#include "report/event.hpp"
#include "support/json.hpp"

namespace assay::report {

// `document`: assay.event/1. The "case" of a finished one is handed on as it was recorded, field by
// field; its figures stand in `result` as well, for reporters that read those of the ABI. What is
// not there, or null, is not known. A word of a newer Assay for what happened makes a line of log.
[[nodiscard]] Event recorded_event(const json::object& document);

} // namespace assay::report
