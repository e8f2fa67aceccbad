// Makes a history's file, and connects to one without asking what it is.
//
//   if (Status made = make_history_file(file, options, network); !made) return made.error();
//   Opened db = connect({.uri = uri_of(file), .flags = SQLITE_OPEN_READWRITE, .file = file});
//
// A new history is built whole under another name and then given its own: of two processes that
// make it at once one wins and the other finds it complete. Nobody ever sees half a schema.
// Callable from any thread.
#pragma once

#include "history/sql/sqlite_connection.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace assay::history::sql {

using Opened = Result<std::unique_ptr<SqliteConnection>>;

struct Connecting {
    std::string uri;
    int flags = 0;    // SQLITE_OPEN_*
    std::string file; // as messages name it
    std::optional<FileLock> lock = {};
};

Opened connect(Connecting how);

// The file as a URI of SQLite's, with a query such as "?immutable=1".
[[nodiscard]] std::string uri_of(const std::string& file, std::string_view query = {});

// The pragmas that choose journal and flushing.
[[nodiscard]] std::string journal_pragmas(bool network);

// Files of histories that were being made when their maker was killed, an hour ago or more.
void remove_abandoned_histories(const std::string& file);

// A history with no run in it, unless there is one by then; folders above it as well.
Status make_history_file(const std::string& file, const SqliteOptions& options, bool network);

} // namespace assay::history::sql
