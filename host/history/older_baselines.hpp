// The baselines file of older systems: {LABEL: {METRIC: number, ..., "metadata": {}}}, without
// units, directions and cases.
//
//   Result<BaselinesFile> file = older_baselines(document, "performance_baselines.json", {});
//
// Its metrics become the series that `assay history record` makes of the same names. Pure; any
// thread.
#pragma once

#include "history/baselines_file.hpp"

namespace assay::history {

// Errors (config): a figure that is no finite number, a name that nobody knows.
Result<BaselinesFile> older_baselines(const json::object& document,
                                      const std::string& name,
                                      const BaselinesReading& reading);

} // namespace assay::history
