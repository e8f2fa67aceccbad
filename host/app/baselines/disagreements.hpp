// Figures of the project's baselines file that are not what the history says: somebody has edited
// the file, or has it from a tree whose history this is not.
//
//   for (const RunWarning& one : disagreements(baselines, ours.path()))
//       say.warning(one.text, one.next);
//
// Pure; callable from any thread.
#pragma once

#include "app/session/warnings.hpp"
#include "tracking/series_baseline.hpp"

#include <string>
#include <vector>

namespace assay::app {

// Which entry, which of both counts, and how the file is made to count; of many the first few.
std::vector<RunWarning> disagreements(const std::vector<tracking::SeriesBaseline>& baselines,
                                      const std::string& file);

// Those of all series of a platform. Reads the store.
Result<std::vector<RunWarning>> disagreements_on(history::Store& store,
                                                 const history::Platform& platform,
                                                 const history::BaselinesFile& file,
                                                 const std::string& path);

} // namespace assay::app
