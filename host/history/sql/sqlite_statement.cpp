#include "history/sql/sqlite_statement.hpp"

#include "history/sql/sqlite_error.hpp"

#include <utility>

namespace assay::history::sql {

SqliteStatement::SqliteStatement(sqlite3* db, sqlite3_stmt* handle, std::string file)
    : db_(db)
    , handle_(handle)
    , file_(std::move(file)) {
    const int count = sqlite3_bind_parameter_count(handle);
    for (int i = 1; i <= count; ++i) {
        positions_.push_back(
            sqlite3_bind_parameter_index(handle, ("$" + std::to_string(i)).c_str()));
    }
}

int SqliteStatement::position(int index) const {
    const auto place = static_cast<std::size_t>(index - 1);
    return place < positions_.size() ? positions_[place] : 0;
}

// A value that cannot be bound (no memory, too large) leaves NULL, which step() then reports where
// the column refuses it; the sizes of what is bound are limited before.
void SqliteStatement::bind(int index, std::int64_t value) {
    sqlite3_bind_int64(handle_.get(), position(index), value);
}

void SqliteStatement::bind(int index, double value) {
    sqlite3_bind_double(handle_.get(), position(index), value);
}

void SqliteStatement::bind(int index, std::string_view text) {
    // A null pointer would bind NULL.
    sqlite3_bind_text64(handle_.get(),
                        position(index),
                        text.empty() ? "" : text.data(),
                        text.size(),
                        SQLITE_TRANSIENT,
                        SQLITE_UTF8);
}

void SqliteStatement::bind_blob(int index, std::string_view bytes) {
    sqlite3_bind_blob64(handle_.get(),
                        position(index),
                        bytes.empty() ? "" : bytes.data(),
                        bytes.size(),
                        SQLITE_TRANSIENT);
}

void SqliteStatement::bind_null(int index) {
    sqlite3_bind_null(handle_.get(), position(index));
}

Result<bool> SqliteStatement::step() {
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        changes_ = sqlite3_changes64(db_);
        sqlite3_reset(handle_.get());
        return false;
    }
    const bool reading = sqlite3_stmt_readonly(handle_.get()) != 0;
    Error error = sqlite_error(db_, reading ? "reading" : "writing to", file_);
    sqlite3_reset(handle_.get());
    return error;
}

void SqliteStatement::reset() {
    sqlite3_reset(handle_.get());
}

bool SqliteStatement::is_null(int column) const {
    return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const {
    return sqlite3_column_int64(handle_.get(), column);
}

double SqliteStatement::real(int column) const {
    return sqlite3_column_double(handle_.get(), column);
}

std::string SqliteStatement::text(int column) const {
    return std::string(view(column));
}

std::string_view SqliteStatement::view(int column) const {
    const auto* bytes = sqlite3_column_text(handle_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
    return bytes == nullptr ? std::string_view()
                            : std::string_view(reinterpret_cast<const char*>(bytes), size);
}

std::string SqliteStatement::blob(int column) const {
    const void* bytes = sqlite3_column_blob(handle_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
    return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
}

} // namespace assay::history::sql
