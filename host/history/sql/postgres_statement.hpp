// A statement that PostgreSQL has prepared. Values travel as text, whose types the server knows
// from their columns (shortest doubles and integers come back as the same bits), bytes as they
// are; all rows of an answer are fetched at once, so that other statements may run in between.
//
//   PostgresStatement select(session, "s1", "SELECT id FROM run WHERE uuid = $1");
//
// Prepared at its first step. One thread at a time; must not outlive its session.
#pragma once

#include "history/sql/connection.hpp"
#include "history/sql/postgres_session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::history::sql {

class PostgresStatement final : public Statement {
public:
    PostgresStatement(PostgresSession& session, std::string name, std::string text);

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
    struct Value {
        std::optional<std::string> bytes;
        bool is_blob = false;
    };

    Value& value(int index);
    Status execute();
    [[nodiscard]] Status check_text() const;
    [[nodiscard]] std::string_view field(int column) const;

    PostgresSession& session_;
    std::string name_, text_;
    bool prepared_ = false;
    std::vector<Value> values_;
    PostgresAnswer answer_;
    int row_ = 0;
    std::int64_t changes_ = 0;
};

} // namespace assay::history::sql
