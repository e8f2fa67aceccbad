// What a store needs of a database: statements with bound values, rows, transactions. The two
// databases differ below this line and nowhere above it but in Dialect.
//
//   Result<Statement*> insert = connection.prepare("INSERT INTO run(uuid) VALUES ($1) RETURNING
//   id");
//   (*insert)->bind(1, uuid);
//   Result<bool> row = (*insert)->step();           // true: a row is there
//   std::int64_t id = (*insert)->integer(0);
//
// Parameters are $1, $2, ... in both. One thread at a time.
#pragma once

#include "support/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::history::sql {

// A prepared statement with its values. bind() counts from 1, columns from 0.
class Statement {
public:
    Statement() = default;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    virtual ~Statement() = default;

    virtual void bind(int index, std::int64_t value) = 0;
    virtual void bind(int index, double value) = 0;
    virtual void bind(int index, std::string_view text) = 0;
    virtual void bind_blob(int index, std::string_view bytes) = 0;
    virtual void bind_null(int index) = 0;

    // True: a row is there. False: done, and the statement can be bound and used again.
    virtual Result<bool> step() = 0;
    // Rows that are left are dropped.
    virtual void reset() = 0;
    // Rows that the last execution changed.
    [[nodiscard]] virtual std::int64_t changes() const = 0;

    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual double real(int column) const = 0;
    [[nodiscard]] virtual std::string text(int column) const = 0;
    [[nodiscard]] virtual std::string blob(int column) const = 0;
    // The text of a column that is no blob, valid until the next step() or reset().
    [[nodiscard]] virtual std::string_view view(int column) const = 0;
};

enum class Dialect { sqlite, postgres };

class Connection {
public:
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual ~Connection() = default;

    [[nodiscard]] virtual Dialect dialect() const noexcept = 0;
    [[nodiscard]] virtual std::string where() const = 0; // without any password

    // Any number of statements without values.
    virtual Status execute(const std::string& statements) = 0;
    // Kept by the connection: the same text gives the same statement.
    virtual Result<Statement*> prepare(const std::string& statement) = 0;
    // An INSERT of a row that leaves alone what is there already, for many rows of a table: each
    // step() takes one. PostgreSQL collects them for COPY and sends them before a statement that
    // names the table, at the latest with commit(), which then says what was wrong with one.
    virtual Result<Statement*> prepare_rows(const std::string& table,
                                            const std::vector<std::string>& columns);

    // The same where the caller knows that nothing of the kind is there yet: PostgreSQL can copy
    // into the table itself, in half the time.
    virtual Result<Statement*> prepare_new_rows(const std::string& table,
                                                const std::vector<std::string>& columns);

    // SQLite: BEGIN IMMEDIATE, since a reading transaction cannot become a writing one.
    virtual Status begin_writing() = 0;
    virtual Status commit() = 0;
    virtual void roll_back() noexcept = 0;

    // A whole copy in a new file, checked before it gets its name.
    virtual Status backup(const std::string& file) = 0;
    // Gives what deleted rows left free back to the system.
    virtual Status reclaim() = 0;
    [[nodiscard]] virtual Result<std::uint64_t> bytes() = 0; // on disk
};

// Everything `body` does, or nothing of it.
Status in_transaction(Connection& connection, const std::function<Status()>& body);

} // namespace assay::history::sql
