#include "history/sql/postgres_connection.hpp"

#include "history/sql/postgres_rows.hpp"
#include "history/sql/postgres_session.hpp"
#include "history/sql/postgres_statement.hpp"
#include "support/text.hpp"

#include <libpq-fe.h>
#include <map>
#include <string_view>
#include <utility>

namespace assay::history::sql {
namespace {

// One writer at a time, as in SQLite, so that two runs which bring the same new series never wait
// for each other in a circle; whoever waits longer than the limit is told. A writer that fell
// asleep inside its transaction loses it. The lock is that of the schema the tables are in, and
// ends with the transaction.
constexpr const char* kBeginWriting =
    "BEGIN; SET LOCAL lock_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = '60s'; "
    "SELECT pg_advisory_xact_lock(hashtextextended('assay.history ' || current_schema(), 0))";

class PostgresConnection final : public Connection {
public:
    explicit PostgresConnection(std::unique_ptr<PostgresSession> session)
        : session_(std::move(session)) {}

    [[nodiscard]] Dialect dialect() const noexcept override { return Dialect::postgres; }

    [[nodiscard]] std::string where() const override { return session_->where(); }

    Status execute(const std::string& statements) override {
        if (Status sent = session_->settle_before(statements); !sent) {
            return sent;
        }
        const auto answer = session_->run(statements);
        return answer ? Status{} : Status{answer.error()};
    }

    Result<Statement*> prepare(const std::string& statement) override {
        std::unique_ptr<PostgresStatement>& kept = statements_[statement];
        if (kept == nullptr) {
            kept = std::make_unique<PostgresStatement>(
                *session_, "assay_" + std::to_string(statements_.size()), statement);
        }
        kept->reset();
        return kept.get();
    }

    Result<Statement*> prepare_rows(const std::string& table,
                                    const std::vector<std::string>& columns) override {
        return rows_of(table, columns, RowsAre::perhaps_there);
    }

    Result<Statement*> prepare_new_rows(const std::string& table,
                                        const std::vector<std::string>& columns) override {
        return rows_of(table, columns, RowsAre::new_ones);
    }

    Status begin_writing() override {
        Status begun = execute(kBeginWriting);
        if (!begun) {
            roll_back();
        }
        return begun;
    }

    // A transaction in which something failed answers COMMIT with ROLLBACK, and calls it success.
    Status commit() override {
        if (Status sent = session_->settle_all(); !sent) {
            return sent;
        }
        const auto answer = session_->run("COMMIT");
        if (!answer) {
            return answer.error();
        }
        if (std::string_view(PQcmdStatus(answer.value().get())) != "COMMIT") {
            return Error{.kind = ErrorKind::io,
                         .message = where() + ": the transaction was rolled back, since a "
                                              "statement in it had failed",
                         .hint = "nothing of it was kept; do it again"};
        }
        for (const auto& [text, rows] : rows_) {
            rows->committed();
        }
        return {};
    }

    void roll_back() noexcept override {
        session_->forget_unsettled();
        for (const auto& [text, rows] : rows_) {
            rows->rolled_back();
        }
        static_cast<void>(session_->run("ROLLBACK"));
    }

    Status backup(const std::string& /*file*/) override {
        return Error{.kind = ErrorKind::unavailable,
                     .message = where() + ": a server's history is saved by the server's own tools",
                     .hint = "pg_dump --format=custom --file=FILE '" + where() + "'"};
    }

    // Room of deleted rows is used again; only what lies at the end of a table leaves it.
    Status reclaim() override { return execute("VACUUM sample, artifact"); }

    [[nodiscard]] Result<std::uint64_t> bytes() override {
        const auto statement = prepare("SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM "
                                       "pg_class WHERE relkind = 'r' AND relnamespace = "
                                       "current_schema()::regnamespace");
        if (!statement) {
            return statement.error();
        }
        const Result<bool> row = (*statement)->step();
        if (!row) {
            return row.error();
        }
        const auto bytes = static_cast<std::uint64_t>((*statement)->integer(0));
        (*statement)->reset();
        return bytes;
    }

private:
    Statement*
    rows_of(const std::string& table, const std::vector<std::string>& columns, RowsAre rows) {
        const std::string_view kind = rows == RowsAre::new_ones ? " new " : " ";
        std::unique_ptr<PostgresRows>& kept = rows_[table + std::string(kind) + join(columns, " ")];
        if (kept == nullptr) {
            kept = std::make_unique<PostgresRows>(*session_, table, columns, rows);
        }
        return kept.get();
    }

    std::unique_ptr<PostgresSession> session_;
    std::map<std::string, std::unique_ptr<PostgresStatement>> statements_;
    std::map<std::string, std::unique_ptr<PostgresRows>> rows_;
};

} // namespace

Result<std::unique_ptr<Connection>> open_postgres_connection(const std::string& url,
                                                             Access access) {
    auto session = PostgresSession::open(url);
    if (!session) {
        return session.error();
    }
    auto connection = std::make_unique<PostgresConnection>(std::move(*session));
    if (access == Access::read_only) {
        if (Status set = connection->execute("SET default_transaction_read_only = on"); !set) {
            return set.error();
        }
    }
    return std::unique_ptr<Connection>(std::move(connection));
}

} // namespace assay::history::sql
