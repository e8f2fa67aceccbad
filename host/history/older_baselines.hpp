// The baselines file of older systems: {LABEL: {METRIC: number, ..., "metadata": {}}}, without
// units, directions and cases.
//
//   Result<BaselinesFile> file = older_baselines(document, "performance_baselines.json", {});
//
// Its metrics become the series that `assay history record` makes of the same names. Pure; any
// thread.
#pragma once

#include "history/baselines_file.hpp"

#include <string>
#include <vector>

namespace assay::history {

// Errors (config): a figure that is no finite number, a name that nobody knows.
Result<BaselinesFile> older_baselines(const json::object& document,
                                      const std::string& name,
                                      const BaselinesReading& reading);

struct OlderText {
    std::string text;                  // empty: nothing of it has a place there
    std::vector<std::string> left_out; // keys of figures that this layout has no name for
};

// The same layout written: figures under the names that it knows, in its units (GiB of *_gb), and
// the metadata of every platform. What older_baselines() reads of it are the same figures.
OlderText older_baselines_text(const BaselinesFile& file);

} // namespace assay::history
