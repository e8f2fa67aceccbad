// The peer: the same store over the same SQLite, but its writing transactions begin as SQLite's own
// BEGIN does, so that they read before they may write.
//
//   SqlStore peer(std::make_unique<Deferred>(std::move(*open_sqlite(file, {}))));
//
// One thread.
#pragma once

#include "history/sql/sqlite_connection.hpp"

#include <memory>
#include <string>

namespace assay::history::measured {

class Deferred final : public sql::Connection {
public:
    explicit Deferred(std::unique_ptr<sql::SqliteConnection> db);

    [[nodiscard]] sql::Dialect dialect() const noexcept override { return db_->dialect(); }

    [[nodiscard]] std::string where() const override { return db_->where(); }

    Status execute(const std::string& statements) override { return db_->execute(statements); }

    Result<sql::Statement*> prepare(const std::string& text) override { return db_->prepare(text); }

    Status begin_writing() override { return db_->execute("BEGIN"); }

    Status commit() override { return db_->commit(); }

    void roll_back() noexcept override { db_->roll_back(); }

    Status backup(const std::string& file) override { return db_->backup(file); }

    Status reclaim() override { return db_->reclaim(); }

    [[nodiscard]] Result<std::uint64_t> bytes() override { return db_->bytes(); }

private:
    std::unique_ptr<sql::SqliteConnection> db_;
};

} // namespace assay::history::measured
