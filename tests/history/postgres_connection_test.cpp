// The connection alone: values there and back, transactions, and what is said when it fails.
#include "history/sql/postgres_connection.hpp"
#include "history/sql/postgres_session.hpp"
#include "postgres_server.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace postgres_connection_test {

using namespace assay;
using namespace assay::history::sql;
using assay::test::PostgresServer;

namespace {

bool no_server() {
    if (PostgresServer::shared() == nullptr) {
        MESSAGE("skipped: " << PostgresServer::why_not());
        return true;
    }
    return false;
}

std::unique_ptr<Connection> connected(const std::string& url) {
    auto connection = open_postgres_connection(url);
    REQUIRE_MESSAGE(connection.ok(), connection.error().message);
    return std::move(*connection);
}

std::unique_ptr<Connection> fresh() {
    return connected(PostgresServer::shared()->new_database());
}

Statement& prepared(Connection& connection, const std::string& text) {
    const Result<Statement*> statement = connection.prepare(text);
    REQUIRE(statement.ok());
    return **statement;
}

bool step(Statement& statement) {
    const Result<bool> row = statement.step();
    REQUIRE_MESSAGE(row.ok(), row.error().message);
    return *row;
}

void execute(Connection& connection, const std::string& text) {
    const Status done = connection.execute(text);
    REQUIRE_MESSAGE(done.ok(), done.error().message);
}

std::int64_t count(Connection& connection, const std::string& table) {
    Statement& select = prepared(connection, "SELECT count(*) FROM " + table);
    REQUIRE(step(select));
    const std::int64_t rows = select.integer(0);
    select.reset();
    return rows;
}

constexpr std::array<double, 9> kDoubles{0.1,
                                         -0.0,
                                         1.0 / 3.0,
                                         1.7976931348623157e308,
                                         5e-324,
                                         2.2250738585072014e-308,
                                         9007199254740993.0,
                                         -1.2e-6,
                                         1e22};

} // namespace

TEST_CASE("integers, doubles, text and bytes come back from PostgreSQL as the same bits") {
    if (no_server()) {
        return;
    }
    const auto db = fresh();
    execute(*db, "CREATE TABLE kept (i bigint, d double precision, t text, b bytea, n bigint)");
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        bytes += static_cast<char>(i);
    }
    const std::string text = "tab\t, line\n, \\N, 'quoted', \xC3\xA4";
    Statement& insert = prepared(*db, "INSERT INTO kept VALUES ($1, $2, $3, $4, $5)");
    for (const double number : kDoubles) {
        insert.bind(1, std::numeric_limits<std::int64_t>::min());
        insert.bind(2, number);
        insert.bind(3, std::string_view(text));
        insert.bind_blob(4, bytes);
        insert.bind_null(5);
        CHECK_FALSE(step(insert));
        CHECK(insert.changes() == 1);
    }
    Statement& select = prepared(*db, "SELECT i, d, t, b, n FROM kept");
    for (const double number : kDoubles) {
        REQUIRE(step(select));
        CHECK(select.integer(0) == std::numeric_limits<std::int64_t>::min());
        CHECK(select.real(1) == number);
        CHECK(std::signbit(select.real(1)) == std::signbit(number));
        CHECK(select.text(2) == text);
        CHECK(select.blob(3) == bytes);
        CHECK(select.is_null(4));
        CHECK_FALSE(select.is_null(0));
    }
    CHECK_FALSE(step(select));
}

TEST_CASE("rows sent by COPY carry the same bits and leave alone what is there") {
    if (no_server()) {
        return;
    }
    const auto db = fresh();
    execute(*db, "CREATE TABLE kept (i bigint PRIMARY KEY, d double precision, t text, b bytea)");
    execute(*db, "INSERT INTO kept VALUES (0, 7, 'old', NULL)");
    const std::string text = "tab\t, line\r\n, \\N, \\., \xC3\xA4";
    const std::string bytes("\0\x01\\\n\xFF", 5);
    const Result<Statement*> rows = db->prepare_rows("kept", {"i", "d", "t", "b"});
    REQUIRE(rows.ok());
    execute(*db, "BEGIN");
    for (std::size_t i = 0; i < kDoubles.size(); ++i) {
        (*rows)->bind(1, static_cast<std::int64_t>(i));
        (*rows)->bind(2, kDoubles[i]);
        (*rows)->bind(3, std::string_view(text));
        (*rows)->bind_blob(4, bytes);
        CHECK_FALSE(step(**rows));
    }
    REQUIRE(db->commit().ok());
    Statement& select = prepared(*db, "SELECT d, t, b FROM kept ORDER BY i");
    REQUIRE(step(select));
    CHECK(select.text(1) == "old");
    for (std::size_t i = 1; i < kDoubles.size(); ++i) {
        REQUIRE(step(select));
        CHECK(select.real(0) == kDoubles[i]);
        CHECK(select.text(1) == text);
        CHECK(select.blob(2) == bytes);
    }
    CHECK_FALSE(step(select));
}

TEST_CASE("new rows arrive in the table itself, and one that was there is told") {
    if (no_server()) {
        return;
    }
    const auto db = fresh();
    execute(*db, "CREATE TABLE kept (i bigint PRIMARY KEY, d double precision, t text, b bytea)");
    const std::string text = "tab\t, line\r\n, \\N, \\., \xC3\xA4";
    const std::string bytes("\0\x01\\\n\xFF", 5);
    const Result<Statement*> rows = db->prepare_new_rows("kept", {"i", "d", "t", "b"});
    REQUIRE(rows.ok());
    const auto add = [&](std::int64_t number) {
        (*rows)->bind(1, number);
        (*rows)->bind(2, 0.1);
        (*rows)->bind(3, std::string_view(text));
        (*rows)->bind_blob(4, bytes);
        static_cast<void>(step(**rows));
    };
    for (const std::int64_t number : {1, 2}) { // a transaction after the other
        REQUIRE(db->begin_writing().ok());
        add(number);
        REQUIRE(db->commit().ok());
    }
    Statement& select = prepared(*db, "SELECT d, t, b FROM kept WHERE i = 2");
    REQUIRE(step(select));
    CHECK(select.real(0) == 0.1);
    CHECK(select.text(1) == text);
    CHECK(select.blob(2) == bytes);
    select.reset();
    Statement& own =
        prepared(*db, "SELECT count(*) FROM pg_class WHERE relname LIKE 'assay\\_incoming\\_%'");
    REQUIRE(step(own));
    CHECK(own.integer(0) == 0);
    own.reset();
    REQUIRE(db->begin_writing().ok());
    add(2);
    CHECK_FALSE(db->commit().ok());
    db->roll_back();
    CHECK(count(*db, "kept") == 2);
}

TEST_CASE("rows that wait for COPY are there for the next statement and gone after a roll back") {
    if (no_server()) {
        return;
    }
    const auto db = fresh();
    execute(*db, "CREATE TABLE kept (i bigint PRIMARY KEY)");
    const Result<Statement*> rows = db->prepare_rows("kept", {"i"});
    REQUIRE(rows.ok());
    REQUIRE(db->begin_writing().ok());
    (*rows)->bind(1, std::int64_t{1});
    static_cast<void>(step(**rows));
    CHECK(count(*db, "kept") == 1);
    (*rows)->bind(1, std::int64_t{2});
    static_cast<void>(step(**rows));
    db->roll_back();
    CHECK(count(*db, "kept") == 0);
    REQUIRE(db->begin_writing().ok());
    (*rows)->bind(1, std::int64_t{3});
    static_cast<void>(step(**rows));
    REQUIRE(db->commit().ok());
    CHECK(count(*db, "kept") == 1);
}

TEST_CASE("rows of many transactions on one connection each arrive once, more than fit at a time") {
    if (no_server()) {
        return;
    }
    const auto db = fresh();
    execute(*db, "CREATE TABLE kept (i bigint PRIMARY KEY, t text)");
    const Result<Statement*> rows = db->prepare_rows("kept", {"i", "t"});
    REQUIRE(rows.ok());
    const std::string large(1'000'000, 'x');
    std::int64_t number = 0;
    for (const int size : {20, 1, 12}) { // 8 MB are sent at once
        REQUIRE(db->begin_writing().ok());
        for (int i = 0; i < size; ++i) {
            (*rows)->bind(1, ++number);
            (*rows)->bind(2, std::string_view(large));
            static_cast<void>(step(**rows));
        }
        REQUIRE(db->commit().ok());
    }
    CHECK(count(*db, "kept") == 33);
    (*rows)->bind(1, ++number);
    static_cast<void>(step(**rows));
    CHECK_FALSE(db->commit().ok()); // there is no transaction
}

TEST_CASE("the same text gives the same statement, which can run again and again") {
    if (no_server()) {
        return;
    }
    const auto db = fresh();
    Statement& select = prepared(*db, "SELECT $1::bigint + 1");
    CHECK(&prepared(*db, "SELECT $1::bigint + 1") == &select);
    for (std::int64_t i = 0; i < 3; ++i) {
        select.bind(1, i);
        REQUIRE(step(select));
        CHECK(select.integer(0) == i + 1);
        select.reset();
    }
}

TEST_CASE("a transaction in which a statement failed is not committed, and is said not to be") {
    if (no_server()) {
        return;
    }
    const auto db = fresh();
    execute(*db, "CREATE TABLE kept (i bigint PRIMARY KEY)");
    REQUIRE(db->begin_writing().ok());
    execute(*db, "INSERT INTO kept VALUES (1)");
    CHECK_FALSE(db->execute("INSERT INTO kept VALUES (1)").ok());
    const Status committed = db->commit();
    REQUIRE_FALSE(committed.ok());
    CHECK(committed.error().message.find("rolled back") != std::string::npos);
    CHECK(count(*db, "kept") == 0);
}

TEST_CASE("a text with a zero byte is refused instead of being cut") {
    if (no_server()) {
        return;
    }
    const auto db = fresh();
    execute(*db, "CREATE TABLE kept (t text)");
    const std::string_view text("a\0b", 3);
    Statement& insert = prepared(*db, "INSERT INTO kept VALUES ($1)");
    insert.bind(1, text);
    CHECK(insert.step().error().kind == ErrorKind::config);
    const Result<Statement*> rows = db->prepare_rows("kept", {"t"});
    REQUIRE(rows.ok());
    (*rows)->bind(1, text);
    CHECK((*rows)->step().error().kind == ErrorKind::config);
}

TEST_CASE("what the server refuses is said with its place and its code") {
    if (no_server()) {
        return;
    }
    const auto db = fresh();
    const Status failed = db->execute("SELECT nothing FROM nowhere");
    REQUIRE_FALSE(failed.ok());
    CHECK(failed.error().kind == ErrorKind::io);
    CHECK(failed.error().message.find(db->where()) == 0);
    CHECK(failed.error().message.find("\"nowhere\" does not exist (42P01)") != std::string::npos);
    CHECK(failed.error().message.find("SELECT nothing") != std::string::npos);
}

TEST_CASE("a connection for reading writes nothing") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    auto db = open_postgres_connection(url, Access::read_only);
    REQUIRE(db.ok());
    CHECK((*db)->execute("CREATE TABLE kept (i bigint)").error().message.find("read-only") !=
          std::string::npos);
}

TEST_CASE("a server that goes away is told from one that says no, and is there again afterwards") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    const auto db = connected(url);
    execute(*db, "CREATE TABLE kept (i bigint)");
    REQUIRE(db->begin_writing().ok());
    execute(*db, "INSERT INTO kept VALUES (1)");
    PostgresServer::shared()->stop_at_once();
    const Status lost = db->commit();
    REQUIRE_FALSE(lost.ok());
    INFO(lost.error().message);
    CHECK(lost.error().kind == ErrorKind::io);
    CHECK(lost.error().message.find("connection to the server is lost") != std::string::npos);
    const auto nobody = open_postgres_connection(url);
    REQUIRE_FALSE(nobody.ok());
    CHECK(nobody.error().kind == ErrorKind::io);
    PostgresServer::shared()->start();
    CHECK(count(*connected(url), "kept") == 0);
}

TEST_CASE("no password is in what is shown or said") {
    const std::string url = "postgresql://ci:s3cret@/assay?host=%2Fno%2Fsuch%2Ffolder";
    const auto nobody = open_postgres_connection(url);
    REQUIRE_FALSE(nobody.ok());
    CHECK(nobody.error().kind == ErrorKind::io);
    CHECK(nobody.error().message.find("s3cret") == std::string::npos);
    CHECK(nobody.error().message.find("/no/such/folder") != std::string::npos);
    const auto unreadable = open_postgres_connection("postgresql://ci:s3%zzcret@db/assay");
    REQUIRE_FALSE(unreadable.ok());
    CHECK(unreadable.error().kind == ErrorKind::config);
    CHECK(unreadable.error().message.find("s3") == std::string::npos);
    CHECK(unreadable.error().message.find("postgresql://ci@db/assay") != std::string::npos);
}

TEST_CASE("a server older than PostgreSQL 13 is refused with both numbers") {
    CHECK(check_server_version(130'000, "db").ok());
    CHECK(check_server_version(150'018, "db").ok());
    const Status old = check_server_version(120'022, "db");
    REQUIRE_FALSE(old.ok());
    CHECK(old.error().kind == ErrorKind::unavailable);
    CHECK(old.error().message ==
          "db: the server is PostgreSQL 12, and a history needs 13 or later");
}

} // namespace postgres_connection_test
