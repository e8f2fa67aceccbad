// Short ways to say what most statements are: text, values, rows.
//
//   Status done = run(db, "DELETE FROM artifact WHERE run_id = $1", {run_id});
//   Status read = each_row(db, "SELECT id, sha FROM run", {}, [&](const Statement& row) {
//       ids.emplace(row.text(1), row.integer(0));
//   });
//   Result<std::optional<std::int64_t>> id = first_integer(db, "SELECT id FROM run LIMIT 1", {});
//
// The thread of the connection.
#pragma once

#include "history/sql/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace assay::history::sql {

struct Blob {
    explicit Blob(std::string_view all)
        : bytes(all) {}

    std::string_view bytes;
};

// A view has to live until the statement has run.
using Value = std::variant<std::monostate, std::int64_t, double, std::string_view, Blob>;

template <class Number>
[[nodiscard]] Value value_or_null(const std::optional<Number>& number) {
    return number ? Value(*number) : Value();
}

[[nodiscard]] inline Value text_or_null(const std::string& text) {
    return text.empty() ? Value() : Value(std::string_view(text));
}

void bind(Statement& statement, int index, const Value& value);

[[nodiscard]] Result<Statement*>
bound(Connection& db, const std::string& text, const std::vector<Value>& values);

// Executes it; rows are dropped.
Status run(Connection& db, const std::string& text, const std::vector<Value>& values);

// The same, and how many rows it changed.
Result<std::int64_t>
changed_by(Connection& db, const std::string& text, const std::vector<Value>& values);

// The first column of the first row; nothing without a row or where it is NULL.
Result<std::optional<std::int64_t>>
first_integer(Connection& db, const std::string& text, const std::vector<Value>& values);

[[nodiscard]] inline std::optional<std::int64_t> integer_at(const Statement& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

[[nodiscard]] inline std::optional<double> real_at(const Statement& row, int column) {
    // NULL reads as 0: one question is enough for every other number.
    const double number = row.real(column);
    return number == 0 && row.is_null(column) ? std::nullopt : std::optional(number);
}

template <class Take>
Status each_row(Connection& db,
                const std::string& text,
                const std::vector<Value>& values,
                const Take& take) {
    Result<Statement*> statement = bound(db, text, values);
    if (!statement) {
        return statement.error();
    }
    while (true) {
        const Result<bool> row = (*statement)->step();
        if (!row) {
            return row.error();
        }
        if (!*row) {
            return {};
        }
        take(**statement);
    }
}

} // namespace assay::history::sql
