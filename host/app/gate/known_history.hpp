// The history that a gate asks, and keeps its lines in: that of the project, or of the user.
//
//   auto store = known_history(invocation, settings, HistoryUse::write);
//   if (store && *store) ...                        // nothing: none was ever written
//
// Reads files; called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/settings.hpp"
#include "history/store.hpp"
#include "support/result.hpp"

#include <memory>

namespace assay::app {

enum class HistoryUse { read, write };

// As it is; a null pointer where there is none, or no run of this project in it. Errors: those of
// the store.
Result<std::unique_ptr<history::Store>>
known_history(const Invocation& invocation, const Settings& settings, HistoryUse use);

} // namespace assay::app
