// What stands for PostgreSQL in a build without libpq.
#include "history/sql/postgres_url.hpp"
#include "history/sql_store.hpp"

namespace assay::history {

Result<std::unique_ptr<Store>> open_postgres(const std::string& url, StoreOptions /*options*/) {
    return Error{.kind = ErrorKind::unavailable,
                 .message = sql::without_password(url) + ": this assay was built without libpq",
                 .hint = "install libpq-dev and rebuild, or keep the history in a file"};
}

} // namespace assay::history
