#include "tracking/dirty_platforms.hpp"

#include "history/timestamp.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace assay::tracking {

Result<std::vector<DirtyPlatform>> dirty_platforms(history::Store& store,
                                                   const AnalysisChoice& choice) {
    std::vector<DirtyPlatform> found;
    if (choice.dirty_too) {
        return found;
    }
    const auto all = store.runs({.platform = choice.platform, .since = choice.since});
    if (!all) {
        return all.error();
    }
    std::map<std::pair<std::string, std::string>, std::vector<history::RunRow>> by_platform;
    for (const history::RunRow& run : *all) {
        const bool waits = choice.now && history::is_in_future(run.started, *choice.now);
        if (run.points > 0 && !run.excluded && !waits) {
            by_platform[{run.platform_label, run.platform_fingerprint}].push_back(run);
        }
    }
    for (auto& [platform, runs] : by_platform) {
        const std::string branch = choice.branch.value_or(usual_branch(runs));
        std::erase_if(runs, [&branch](const history::RunRow& run) { return run.branch != branch; });
        const bool all_dirty = std::ranges::all_of(
            runs, [](const history::RunRow& run) { return run.dirty.value_or(false); });
        if (!runs.empty() && all_dirty) {
            found.push_back({.platform = {.fingerprint = platform.second,
                                          .label = platform.first,
                                          .identity = {}},
                             .branch = branch,
                             .runs = runs.size()});
        }
    }
    return found;
}

} // namespace assay::tracking
