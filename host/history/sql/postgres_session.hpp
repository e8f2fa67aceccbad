// One connection to a PostgreSQL server, as libpq has it: opened, asked, closed, and every refusal
// of the server turned into a sentence.
//
//   Result<std::unique_ptr<PostgresSession>> session = PostgresSession::open(url);
//   Result<PostgresAnswer> answer = (*session)->run("SELECT 1");
//
// No password is in any message. What the server says beside its answers (notices) is dropped: a
// library prints nothing. One thread at a time.
#pragma once

#include "support/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;   // libpq's
struct pg_result; // likewise

namespace assay::history::sql {

struct CloseSession {
    void operator()(pg_conn* connection) const noexcept;
};

struct ClearAnswer {
    void operator()(pg_result* result) const noexcept;
};

using PostgresAnswer = std::unique_ptr<pg_result, ClearAnswer>;

// The values of one execution, as libpq takes them: a null pointer is NULL, format 1 is bytes.
struct PostgresValues {
    std::vector<const char*> pointers;
    std::vector<int> lengths, formats;
};

// The oldest server whose SQL the history may use. Nothing, or why the server is refused.
inline constexpr int kServerVersionMin = 130000;
Status check_server_version(int version, const std::string& where);

// Rows that were given but not sent.
class UnsettledRows {
public:
    UnsettledRows() = default;
    UnsettledRows(const UnsettledRows&) = delete;
    UnsettledRows& operator=(const UnsettledRows&) = delete;
    virtual ~UnsettledRows() = default;

    [[nodiscard]] virtual const std::string& table() const noexcept = 0;
    virtual Status settle() = 0;
};

class PostgresSession {
public:
    static Result<std::unique_ptr<PostgresSession>> open(const std::string& url);

    [[nodiscard]] const std::string& where() const noexcept { return where_; }

    // Statements without values; the answer of the last.
    Result<PostgresAnswer> run(const std::string& statements);
    Status prepare(const std::string& name, const std::string& statement);
    Result<PostgresAnswer> run_prepared(const std::string& name,
                                        const std::string& statement,
                                        const PostgresValues& values);
    // "COPY ... FROM STDIN" with all of its lines.
    Status copy_in(const std::string& statement, std::string_view lines);

    // Rows that are sent as soon as a statement names their table, since no other can see them.
    void settle_later(UnsettledRows& rows) { unsettled_.push_back(&rows); }

    Status settle_before(std::string_view statement);
    Status settle_all();

    void forget_unsettled() noexcept { unsettled_.clear(); }

    [[nodiscard]] bool in_transaction() const noexcept;

private:
    PostgresSession(std::unique_ptr<pg_conn, CloseSession> connection, std::string where);

    // The answer, or the error in it.
    Result<PostgresAnswer> checked(pg_result* result, std::string_view statement) const;

    std::unique_ptr<pg_conn, CloseSession> connection_;
    std::string where_;
    std::vector<UnsettledRows*> unsettled_;
};

} // namespace assay::history::sql
