// How an older history becomes one of this Assay: steps by number, each in SQL, applied together in
// one transaction after a copy has been put beside the file. A step never changes after a release.
//
//   inline const Migration kSteps[] = {{1, kSchemaOfSqlite}, {2, "ALTER TABLE run ADD COLUMN
//   ..."}}; Status done = migrate(connection, kSteps);
//
// The thread of the connection.
#pragma once

#include "history/sql/connection.hpp"

#include <span>

namespace assay::history::sql {

struct Migration {
    int number = 0; // of the schema that is there afterwards
    const char* statements = "";
};

// All of SQLite's, in order: the first makes an empty file a history.
[[nodiscard]] std::span<const Migration> sqlite_migrations() noexcept;

// The number that `steps` end at.
[[nodiscard]] int newest(std::span<const Migration> steps) noexcept;

// Applies every step above `from` and writes each into schema_migration; within the caller's
// transaction.
Status apply(Connection& connection, std::span<const Migration> steps, int from);

} // namespace assay::history::sql
