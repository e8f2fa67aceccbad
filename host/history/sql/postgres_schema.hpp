// The history's tables in a PostgreSQL database: made where there are none, brought up to date
// where they are older, refused where they are newer.
//
//   Status ready = prepare_postgres_schema(connection, {.create = true});
//
// Made in one transaction under the writers' lock: of several processes that find an empty database
// one makes the tables and the others find them whole. The thread of the connection.
#pragma once

#include "history/sql/migrations.hpp"

#include <span>

namespace assay::history::sql {

// All of PostgreSQL's, in order: the first makes an empty database a history.
[[nodiscard]] std::span<const Migration> postgres_migrations() noexcept;

struct PostgresSchemaOptions {
    bool create = false; // where there is none
    bool read_only = false;
    std::span<const Migration> migrations = postgres_migrations();
};

// Errors: missing where there is no history and none is to be made, config where it is a newer
// Assay's, or older and opened for reading only.
Status prepare_postgres_schema(Connection& connection, const PostgresSchemaOptions& options);

} // namespace assay::history::sql
