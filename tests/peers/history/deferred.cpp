#include "deferred.hpp"

#include <utility>

namespace assay::history::measured {

Deferred::Deferred(std::unique_ptr<sql::SqliteConnection> db)
    : db_(std::move(db)) {
    // SQLite's own way to wait, instead of ours.
    (void)db_->execute("PRAGMA busy_timeout=30000").ok();
}

} // namespace assay::history::measured
