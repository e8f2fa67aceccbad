#include "history/sql/postgres_session.hpp"

#include "history/sql/postgres_url.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <libpq-fe.h>
#include <utility>

namespace assay::history::sql {
namespace {

// libpq's messages have several lines and end in one; ours are sentences.
std::string one_line(std::string_view text) {
    std::string line(trim(text));
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

// What part of a statement is shown: enough to find it.
std::string beginning(std::string_view statement) {
    constexpr std::size_t kShownMax = 80;
    const std::string line = one_line(statement);
    return line.size() <= kShownMax ? line : line.substr(0, kShownMax) + "...";
}

void drop_notice(void* /*nobody*/, const char* /*message*/) {}

Error lost(const std::string& where, std::string_view said) {
    return {.kind = ErrorKind::io,
            .message = where + ": the connection to the server is lost: " + one_line(said),
            .hint = "nothing of an unfinished transaction was kept; once the server is there, do "
                    "it again: a run that is recorded already stays as it is"};
}

// What the server's five-letter code asks of the user. Appendix A of PostgreSQL's manual.
struct Advice {
    std::string_view code; // or how it begins
    ErrorKind kind;
    std::string_view hint;
};

constexpr std::array<Advice, 10> kAdvice{{
    {"42P07",
     ErrorKind::config,
     "tables of another program are there: make a database of its own for the history"},
    {"42501", ErrorKind::io, "grant the role its rights on the history's tables"},
    {"25006", ErrorKind::io, "open the history for writing, or use another role"},
    {"55P03", ErrorKind::io, "another writer holds the history; try again when it is done"},
    {"40P01", ErrorKind::io, "two writers waited for each other; do it again"},
    {"53", ErrorKind::io, "the server has no room or no connections left"},
    {"57014", ErrorKind::io, "it was cancelled at the server; do it again"},
    {"22021", ErrorKind::config, "PostgreSQL keeps UTF-8 only"},
    {"22P05", ErrorKind::config, "PostgreSQL keeps UTF-8 without zero characters only"},
    {"22P02", ErrorKind::config, "a value is not of the kind that its column keeps"},
}};

Error refused(const std::string& where, const PGresult* result, std::string_view statement) {
    const auto field = [result](int code) {
        const char* text = PQresultErrorField(result, code);
        return std::string(text != nullptr ? text : "");
    };
    const std::string state = field(PG_DIAG_SQLSTATE);
    Error error{.kind = ErrorKind::io,
                .message = where + ": " + one_line(field(PG_DIAG_MESSAGE_PRIMARY)) + " (" + state +
                           ") at: " + beginning(statement),
                .hint = {}};
    for (const Advice& advice : kAdvice) {
        if (state.starts_with(advice.code)) {
            error.kind = advice.kind;
            error.hint = advice.hint;
            break;
        }
    }
    return error;
}

// What ends a connection may come before the connection is seen to be gone: the server's last
// words, and failures that libpq found itself, which have no code of the server's.
bool is_the_end(const PGresult* result) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    return state == nullptr || severity == nullptr || std::string_view(severity) == "FATAL" ||
           std::string_view(severity) == "PANIC";
}

// As a word: "n_points" does not name the table point.
bool names(std::string_view statement, std::string_view table) {
    const auto is_of_word = [&](std::size_t at) {
        return at < statement.size() &&
               (std::isalnum(static_cast<unsigned char>(statement[at])) != 0 ||
                statement[at] == '_');
    };
    for (std::size_t at = statement.find(table); at != std::string_view::npos;
         at = statement.find(table, at + 1)) {
        if ((at == 0 || !is_of_word(at - 1)) && !is_of_word(at + table.size())) {
            return true;
        }
    }
    return false;
}

bool is_sound(const PGresult* result) {
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_COPY_IN:
        return true;
    default: // libpq's list grows with its versions
        return false;
    }
}

std::unique_ptr<PGconn, CloseSession> connect(const std::string& url) {
    // Those before the URL yield to what it says. A server that vanished without a word is given up
    // after half a minute instead of hours.
    const std::array<const char*, 6> names{"connect_timeout",
                                           "tcp_user_timeout",
                                           "fallback_application_name",
                                           "dbname",
                                           "client_encoding",
                                           nullptr};
    const std::array<const char*, 6> values{"10", "30000", "assay", url.c_str(), "UTF8", nullptr};
    return std::unique_ptr<PGconn, CloseSession>(PQconnectdbParams(names.data(), values.data(), 1));
}

// libpq's own words about a bad URL may quote the password.
bool is_readable(const std::string& url) {
    char* words = nullptr;
    PQconninfoOption* options = PQconninfoParse(url.c_str(), &words);
    const bool readable = options != nullptr;
    PQconninfoFree(options);
    PQfreemem(words);
    return readable;
}

} // namespace

void CloseSession::operator()(pg_conn* connection) const noexcept {
    PQfinish(connection);
}

void ClearAnswer::operator()(pg_result* result) const noexcept {
    PQclear(result);
}

Status check_server_version(int version, const std::string& where) {
    if (version >= kServerVersionMin) {
        return {};
    }
    return Error{.kind = ErrorKind::unavailable,
                 .message = where + ": the server is PostgreSQL " +
                            std::to_string(version / 10'000) + ", and a history needs " +
                            std::to_string(kServerVersionMin / 10'000) + " or later",
                 .hint = "update the server, or keep the history in a file"};
}

PostgresSession::PostgresSession(std::unique_ptr<pg_conn, CloseSession> connection,
                                 std::string where)
    : connection_(std::move(connection))
    , where_(std::move(where)) {}

Result<std::unique_ptr<PostgresSession>> PostgresSession::open(const std::string& url) {
    const std::string where = without_password(url);
    if (!is_readable(url)) {
        return Error{.kind = ErrorKind::config,
                     .message = where + ": not a URL that libpq can read",
                     .hint = "expected postgresql://USER@HOST:PORT/DATABASE, with every character "
                             "of a password that is not a letter or digit written as %XX"};
    }
    auto connection = connect(url);
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        return Error{.kind = ErrorKind::io,
                     .message =
                         where + ": no connection: " + one_line(PQerrorMessage(connection.get())),
                     .hint = "check host, database, user and password (PGPASSWORD, ~/.pgpass); a "
                             "database is made by createdb, its tables by Assay"};
    }
    if (Status version = check_server_version(PQserverVersion(connection.get()), where); !version) {
        return version.error();
    }
    PQsetNoticeProcessor(connection.get(), drop_notice, nullptr);
    return std::unique_ptr<PostgresSession>(new PostgresSession(std::move(connection), where));
}

Result<PostgresAnswer> PostgresSession::checked(pg_result* result,
                                                std::string_view statement) const {
    PostgresAnswer answer(result);
    if (is_sound(answer.get())) {
        return answer;
    }
    if (PQstatus(connection_.get()) != CONNECTION_OK || is_the_end(answer.get())) {
        return lost(where_, PQerrorMessage(connection_.get()));
    }
    return refused(where_, answer.get(), statement);
}

Result<PostgresAnswer> PostgresSession::run(const std::string& statements) {
    return checked(PQexec(connection_.get(), statements.c_str()), statements);
}

Status PostgresSession::prepare(const std::string& name, const std::string& statement) {
    const auto answer = checked(
        PQprepare(connection_.get(), name.c_str(), statement.c_str(), 0, nullptr), statement);
    return answer ? Status{} : Status{answer.error()};
}

Result<PostgresAnswer> PostgresSession::run_prepared(const std::string& name,
                                                     const std::string& statement,
                                                     const PostgresValues& values) {
    constexpr int kTextAnswers = 0;
    return checked(PQexecPrepared(connection_.get(),
                                  name.c_str(),
                                  static_cast<int>(values.pointers.size()),
                                  values.pointers.data(),
                                  values.lengths.data(),
                                  values.formats.data(),
                                  kTextAnswers),
                   statement);
}

Status PostgresSession::copy_in(const std::string& statement, std::string_view lines) {
    if (const auto begun = run(statement); !begun) {
        return begun.error();
    }
    constexpr std::size_t kPieceMax = std::size_t{1} << 20; // libpq counts in int
    while (!lines.empty()) {
        const std::string_view piece = lines.substr(0, kPieceMax);
        if (PQputCopyData(connection_.get(), piece.data(), static_cast<int>(piece.size())) != 1) {
            return lost(where_, PQerrorMessage(connection_.get()));
        }
        lines.remove_prefix(piece.size());
    }
    if (PQputCopyEnd(connection_.get(), nullptr) != 1) {
        return lost(where_, PQerrorMessage(connection_.get()));
    }
    const auto ended = checked(PQgetResult(connection_.get()), statement);
    // libpq is ready for the next statement once it has answered with nothing.
    while (pg_result* more = PQgetResult(connection_.get())) {
        PQclear(more);
    }
    return ended ? Status{} : Status{ended.error()};
}

Status PostgresSession::settle_before(std::string_view statement) {
    const bool seen = std::ranges::any_of(unsettled_, [statement](const UnsettledRows* rows) {
        return names(statement, rows->table());
    });
    // All of them, so that rows arrive in the order of their tables.
    return seen ? settle_all() : Status{};
}

Status PostgresSession::settle_all() {
    for (UnsettledRows* rows : std::exchange(unsettled_, {})) {
        if (Status sent = rows->settle(); !sent) {
            return sent;
        }
    }
    return {};
}

bool PostgresSession::in_transaction() const noexcept {
    return PQtransactionStatus(connection_.get()) != PQTRANS_IDLE;
}

} // namespace assay::history::sql
