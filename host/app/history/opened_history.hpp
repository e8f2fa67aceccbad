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
#include <vector>

namespace assay::app {

// --history FILE|URL, with PERFORMANCE_DB_PATH behind it.
OptionSpec history_option(const std::string& group);

// --project, --all-projects
std::vector<OptionSpec> project_options(const std::string& group);

struct OpenedHistory {
    std::unique_ptr<history::Store> store;
    std::filesystem::path bundles;                // of this machine's runs
    std::optional<std::filesystem::path> project; // that the command was called in
    std::optional<std::string> looked_at = {};    // the project whose runs are meant; else all
};

// Several projects may share a database. `current`: questions are about the project we are in,
// where runs of others are there too, unless the command line says otherwise; a note tells. `all`:
// for what keeps, copies or moves a history.
enum class Projects { current, all };

// Errors besides those of the store: missing (no such file, and `options` do not ask for one; no
// run of this project), usage (both options, an unknown project).
Result<OpenedHistory> open_history(const Invocation& invocation,
                                   history::StoreOptions options,
                                   Projects projects = Projects::current);

// "of project 'rag'", where a run that somebody named is none of the project looked at: an id means
// the same run everywhere.
[[nodiscard]] std::string other_project_of(const OpenedHistory& opened, const history::Run& run);

// Whether runs that name no project are there: of an older Assay, which knew the names of git's
// remotes alone. `looked_at` is what the store looks at afterwards.
Result<bool> has_nameless_runs(history::Store& store, const std::optional<std::string>& looked_at);

// To write, or where that is not possible and reading is, to read.
struct HistoryAtHand {
    OpenedHistory opened;
    bool writable = true;
};

Result<HistoryAtHand> open_history_at_hand(const Invocation& invocation);

// The same of a store that is open; the name that it was narrowed to.
Result<std::optional<std::string>> look_at_project(const Invocation& invocation,
                                                   history::Store& store);

} // namespace assay::app
