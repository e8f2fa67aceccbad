// What SQLite says, as an error of ours: what happened, to which file, and what to do about it.
//
//   if (sqlite3_step(statement) != SQLITE_DONE) return sqlite_error(db, "writing to", file);
//
// Called by the thread that owns the connection, before it does anything else with it.
#pragma once

#include "support/result.hpp"

#include <sqlite3.h>

#include <string>
#include <string_view>

namespace assay::history::sql {

// `doing`: "writing to", "reading", "opening". Of the last call that failed on `db`.
[[nodiscard]] Error sqlite_error(sqlite3* db, std::string_view doing, const std::string& file);

// What to do about a file that is damaged, as commands: aside with it, and its runs into a new one.
[[nodiscard]] std::string rebuild_hint(const std::string& file);

} // namespace assay::history::sql
