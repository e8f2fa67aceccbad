// A history in PostgreSQL: a connection, its tables, and the store over them.
#include "history/sql/postgres_connection.hpp"
#include "history/sql/postgres_schema.hpp"
#include "history/sql_store.hpp"

#include <utility>

namespace assay::history {

Result<std::unique_ptr<Store>> open_postgres(const std::string& url, StoreOptions options) {
    auto connection = sql::open_postgres_connection(
        url, options.read_only ? sql::Access::read_only : sql::Access::read_write);
    if (!connection) {
        return connection.error();
    }
    if (Status ready = sql::prepare_postgres_schema(
            **connection, {.create = options.create, .read_only = options.read_only});
        !ready) {
        return ready.error();
    }
    return std::unique_ptr<Store>(std::make_unique<SqlStore>(std::move(*connection)));
}

} // namespace assay::history
