// Where this project's, or this user's, history is, and whether a run is to be recorded in it.
//
//   HistoryPlace place = history_place(settings.places.project, settings.history, environment);
//   auto store = history::open_store(place.store, {.create = true});
//
// For the store: the command line, PERFORMANCE_DB_PATH, `history` of .assay/assay.json (unless the
// project is untrusted and it leaves the project), .assay/history.db, $XDG_DATA_HOME/assay.
// Pure; callable from any thread.
#pragma once

#include "app/command_table.hpp"
#include "app/environment.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace assay::app {

struct HistoryPlace {
    std::string store;             // a file or a URL, for history::open_store()
    std::filesystem::path bundles; // the folder of this machine's bundles
    std::string named_by;          // "PERFORMANCE_DB_PATH", "the project", ...: for messages
};

// `configured`: what the configuration says, a URL or an absolute path. `here`: where a relative
// path of the environment starts.
HistoryPlace history_place(const std::optional<std::filesystem::path>& project,
                           const std::optional<std::string>& configured,
                           const Environment& environment,
                           const std::filesystem::path& here);

enum class Recording {
    off,
    usual, // because there is a project: a run that cannot be recorded is measured nevertheless
    asked,
};

// --record, --no-record and --ci (which means --record where neither is there), then
// ENABLE_PERFORMANCE_RECORDING, then whether there is a PERFORMANCE_DB_PATH or a project. Errors
// (usage): both options, a value that is neither 1, true, 0 nor false.
Result<Recording>
recording_wish(const Invocation& invocation, const Environment& environment, bool in_project);

} // namespace assay::app
