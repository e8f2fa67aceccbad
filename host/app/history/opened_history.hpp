// The history that a command means, opened.
//
//   Result<OpenedHistory> opened = open_history(invocation, {.read_only = true});
//   if (!opened) return report(say, opened.error());   // exit 4 where nothing was recorded yet
//   opened->store->runs({.limit = 10});
//
// --history beats PERFORMANCE_DB_PATH, that what the project says, and that the default place
// (app/recording/history_place.hpp). Reads files; called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/recording/history_place.hpp"
#include "history/store.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace assay::app {

// --history FILE|URL, with PERFORMANCE_DB_PATH behind it.
OptionSpec history_option(const std::string& group);

struct OpenedHistory {
    std::unique_ptr<history::Store> store;
    std::filesystem::path bundles;                // of this machine's runs
    std::optional<std::filesystem::path> project; // that the command was called in
};

// Errors besides those of the store: missing (no such file, and `options` do not ask for one).
Result<OpenedHistory> open_history(const Invocation& invocation, history::StoreOptions options);

} // namespace assay::app
