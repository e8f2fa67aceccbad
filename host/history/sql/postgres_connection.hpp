// PostgreSQL 13 or later, through libpq, as a database of the history.
//
//   auto connection = open_postgres_connection("postgresql://ci@db.example/assay");
//   auto statement = (*connection)->prepare("SELECT id FROM run WHERE uuid = $1");
//
// Only in builds that found libpq (ASSAY_HAS_POSTGRES). Errors: config where the URL cannot be
// read, unavailable where the server is too old, io where it says no or is gone. One thread at a
// time; any number of processes.
#pragma once

#include "history/sql/connection.hpp"

#include <memory>
#include <string>

namespace assay::history::sql {

enum class Access { read_only, read_write };

Result<std::unique_ptr<Connection>> open_postgres_connection(const std::string& url,
                                                             Access access = Access::read_write);

} // namespace assay::history::sql
