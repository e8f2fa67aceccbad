// A recorded run as a document: what `assay history show` and every export write.
//
//   std::string text = write_json(run_value(run));
//
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"
#include "support/json.hpp"

namespace assay::tracking {

// With its points and failures, without samples; the object of a run of schemas/history.json.
json::object run_value(const history::Run& run);

} // namespace assay::tracking
