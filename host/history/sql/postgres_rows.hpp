// Many rows of one table, sent by COPY: they are collected as lines of text, copied into a table of
// the session's own, and inserted from there, so that rows which are there already stay as they
// are; into the table itself where there are none.
//
//   PostgresRows points(session, "point", {"series_id", "run_id", "center"});
//   points.bind(1, series); ... points.step();      // one row; nothing is sent yet
//   session.settle();                               // all are there, and other tables' too
//
// Within a transaction only. A statement like any other to its user: PostgresSession settles before
// the next statement sees the tables and before COMMIT. One thread at a time; must not outlive its
// session.
#pragma once

#include "history/sql/connection.hpp"
#include "history/sql/postgres_session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::history::sql {

enum class RowsAre { perhaps_there, new_ones };

class PostgresRows final : public Statement, public UnsettledRows {
public:
    PostgresRows(PostgresSession& session,
                 std::string table,
                 std::vector<std::string> columns,
                 RowsAre rows = RowsAre::perhaps_there);

    void bind(int index, std::int64_t value) override;
    void bind(int index, double value) override;
    void bind(int index, std::string_view text) override;
    void bind_blob(int index, std::string_view bytes) override;
    void bind_null(int index) override;

    // Always false: there is nothing to read.
    Result<bool> step() override;

    void reset() override {}

    [[nodiscard]] std::int64_t changes() const override { return 1; }

    [[nodiscard]] bool is_null(int /*column*/) const override { return true; }

    [[nodiscard]] std::int64_t integer(int /*column*/) const override { return 0; }

    [[nodiscard]] double real(int /*column*/) const override { return 0; }

    [[nodiscard]] std::string text(int /*column*/) const override { return {}; }

    [[nodiscard]] std::string blob(int /*column*/) const override { return {}; }

    [[nodiscard]] std::string_view view(int /*column*/) const override { return {}; }

    [[nodiscard]] const std::string& table() const noexcept override { return table_; }

    Status settle() override;

    // After a transaction that ended with COMMIT, or with ROLLBACK.
    void committed() noexcept { filled_ = false; }

    void rolled_back() noexcept;

private:
    // Into the table itself: rows that are new, and a role that sees all of it, since the server
    // copies into no table whose rows it has to choose.
    Result<bool> goes_straight();
    Status settle_through_own_table(const std::string& names);

    PostgresSession& session_;
    std::string table_;
    std::vector<std::string> columns_, fields_; // fields as COPY writes them
    std::string lines_;
    RowsAre rows_;
    std::optional<bool> straight_; // once it is known
    bool zero_byte_ = false;
    bool made_ = false, filled_ = false; // the session's own table; filled: in this transaction
};

} // namespace assay::history::sql
