// A statement of SQLite. Parameters are bound by their names $1, $2, ..., since SQLite numbers them
// by first appearance.
//
//   SqliteStatement statement(db, handle, file);
//   statement.bind(1, 7.0);
//   while (*statement.step()) use(statement.real(0));
//
// Belongs to its connection, and to the thread of that.
#pragma once

#include "history/sql/connection.hpp"

#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

namespace assay::history::sql {

class SqliteStatement final : public Statement {
public:
    // Takes ownership of `handle`.
    SqliteStatement(sqlite3* db, sqlite3_stmt* handle, std::string file);

    void bind(int index, std::int64_t value) override;
    void bind(int index, double value) override;
    void bind(int index, std::string_view text) override;
    void bind_blob(int index, std::string_view bytes) override;
    void bind_null(int index) override;

    Result<bool> step() override;
    void reset() override;

    [[nodiscard]] std::int64_t changes() const override { return changes_; }

    [[nodiscard]] bool is_null(int column) const override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] double real(int column) const override;
    [[nodiscard]] std::string text(int column) const override;
    [[nodiscard]] std::string blob(int column) const override;
    [[nodiscard]] std::string_view view(int column) const override;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const noexcept { sqlite3_finalize(handle); }
    };

    // Where the values of $index go; 0: the statement does not mention it.
    [[nodiscard]] int position(int index) const;

    sqlite3* db_;
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    std::string file_;
    std::vector<int> positions_; // of $1, $2, ...
    std::int64_t changes_ = 0;
};

} // namespace assay::history::sql
