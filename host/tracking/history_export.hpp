// `assay history export`: every figure that is kept, run by run, without holding more than one run
// in memory.
//
//   Status written = export_history(*store, query, ExportFormat::csv, sink);
//
// The sink takes the text piece by piece; what it answers ends the export. One thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace assay::tracking {

enum class ExportFormat { json, csv };

using TextSink = std::function<Status(std::string_view)>;

// json: schemas/history.json, kind "export". csv: one row per point, figures in SI base units.
// Gives how many runs there were.
Result<std::size_t> export_history(history::Store& store,
                                   const history::RunQuery& query,
                                   ExportFormat format,
                                   const TextSink& sink);

} // namespace assay::tracking
