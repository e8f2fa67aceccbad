#include "history/sql/postgres_url.hpp"
#include "history/sql/sqlite_connection.hpp"
#include "history/sql_store.hpp"

#include <utility>

namespace assay::history {

Result<std::unique_ptr<Store>> open_store(const std::string& where, StoreOptions options) {
    if (sql::is_postgres_url(where)) {
        return open_postgres(where, options);
    }
    if (where.find("://") != std::string::npos) {
        return Error{.kind = ErrorKind::config,
                     .message = sql::without_password(where) + ": no history is kept there",
                     .hint = "name a file, or postgresql://..."};
    }
    auto db = sql::open_sqlite(where, {.create = options.create, .read_only = options.read_only});
    if (!db) {
        return db.error();
    }
    std::vector<std::string> warnings = (*db)->warnings();
    return std::unique_ptr<Store>(std::make_unique<SqlStore>(std::move(*db), std::move(warnings)));
}

} // namespace assay::history
