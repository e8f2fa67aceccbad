// What the tables do in PostgreSQL alone: partitions by month, messages, rows by project, and how
// they are made, refused and brought up to date.
#include "history/sql/postgres_connection.hpp"
#include "history/sql/postgres_schema.hpp"
#include "history/sql/sqlite_connection.hpp"
#include "history/store.hpp"
#include "postgres_runs.hpp"
#include "postgres_server.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <future>
#include <libpq-fe.h>
#include <limits>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace postgres_schema_test {

using namespace assay;
using namespace assay::history;
using namespace assay::test;

namespace {

bool no_server() {
    if (PostgresServer::shared() == nullptr) {
        MESSAGE("skipped: " << PostgresServer::why_not());
        return true;
    }
    return false;
}

std::unique_ptr<Store> opened(const std::string& url, StoreOptions options = {.create = true}) {
    auto store = open_store(url, options);
    REQUIRE_MESSAGE(store.ok(), store.error().message);
    return std::move(*store);
}

std::unique_ptr<sql::Connection> connected(const std::string& url) {
    auto connection = sql::open_postgres_connection(url);
    REQUIRE_MESSAGE(connection.ok(), connection.error().message);
    return std::move(*connection);
}

void execute(const std::string& url, const std::string& text) {
    const Status done = connected(url)->execute(text);
    REQUIRE_MESSAGE(done.ok(), done.error().message);
}

// All rows, columns joined by '|'.
std::vector<std::string> rows_of(const std::string& url, const std::string& select, int columns) {
    const auto connection = connected(url);
    const Result<sql::Statement*> statement = connection->prepare(select);
    REQUIRE(statement.ok());
    std::vector<std::string> rows;
    while (true) {
        const Result<bool> row = (*statement)->step();
        REQUIRE_MESSAGE(row.ok(), row.error().message);
        if (!*row) {
            return rows;
        }
        std::string line = (*statement)->text(0);
        for (int column = 1; column < columns; ++column) {
            line += "|" + (*statement)->text(column);
        }
        rows.push_back(std::move(line));
    }
}

Run run_of(int number, std::int64_t started, const std::string& project = {}) {
    Run run = postgres_run(number, started);
    run.project = project;
    return run;
}

void record(Store& store, const Run& run) {
    const Result<Recorded> recorded = store.record(run);
    REQUIRE_MESSAGE(recorded.ok(), recorded.error().message);
    CHECK(*recorded == Recorded::added);
}

} // namespace

TEST_CASE("points and samples lie in a partition per month of their run's start, in UTC") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    const auto store = opened(url);
    record(*store, run_of(1, kNovember - 1));
    record(*store, run_of(2, kNovember));
    record(*store, run_of(3, kNovember + 29 * kDay));
    CHECK(rows_of(url, "SELECT tableoid::regclass, count(*) FROM point GROUP BY 1 ORDER BY 1", 2) ==
          std::vector<std::string>{"point_2026_10|1", "point_2026_11|2"});
    CHECK(rows_of(url,
                  "SELECT tableoid::regclass, count(*) FROM sample GROUP BY 1 ORDER BY 1",
                  2) == std::vector<std::string>{"sample_2026_10|1", "sample_2026_11|2"});
}

TEST_CASE("a run of any time that a clock can show finds its partition") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    const auto store = opened(url);
    int number = 0;
    for (const std::int64_t started : {std::numeric_limits<std::int64_t>::min(),
                                       std::int64_t{-1},
                                       std::int64_t{0},
                                       std::numeric_limits<std::int64_t>::max()}) {
        record(*store, run_of(++number, started));
    }
    CHECK(rows_of(url, "SELECT started FROM point ORDER BY 1", 1) ==
          std::vector<std::string>{"-9223372036854775808", "-1", "0", "9223372036854775807"});
}

TEST_CASE("a partition that a roll back took away is made again by the next run") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    const auto store = opened(url);
    Run broken = run_of(1, kNovember);
    broken.trigger = std::string("a\0b", 3); // refused by the database, behind every check
    Run other = run_of(2, kNovember);
    CHECK_FALSE(store->record_all({other, broken}).ok());
    CHECK(rows_of(url, "SELECT to_regclass('point_2026_11') IS NULL", 1).at(0) == "t");
    record(*store, other);
    CHECK(store->runs({})->size() == 1);
}

TEST_CASE("whoever listens hears the uuid of a run when it is there, and of no other") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    const auto store = opened(url);
    const std::unique_ptr<PGconn, decltype(&PQfinish)> listener(PQconnectdb(url.c_str()),
                                                                &PQfinish);
    PQclear(PQexec(listener.get(), "LISTEN assay_run"));
    record(*store, run_of(1, kNovember));
    CHECK(store->record(run_of(1, kNovember)).value() == Recorded::known);
    Run broken = run_of(2, kNovember);
    broken.trigger = std::string("a\0b", 3);
    CHECK_FALSE(store->record_all({run_of(3, kNovember), broken}).ok());
    PQclear(PQexec(listener.get(), "SELECT 1")); // brings what was sent before it
    std::vector<std::string> heard;
    while (PGnotify* message = PQnotifies(listener.get())) {
        heard.push_back(std::string(message->relname) + " " + message->extra);
        PQfreemem(message);
    }
    CHECK(heard == std::vector<std::string>{"assay_run " + uuid_of(1)});
}

TEST_CASE("a role with assay.project set sees and writes the runs of that project alone") {
    if (no_server()) {
        return;
    }
    PostgresServer& server = *PostgresServer::shared();
    const std::string url = server.new_database();
    const auto store = opened(url);
    record(*store, run_of(1, kNovember, "router"));
    record(*store, run_of(2, kNovember, "rag"));
    const std::string database =
        url.substr(url.rfind("@/") + 2, url.find('?') - url.rfind("@/") - 2);
    const std::string role = "ci_" + database;
    execute(url, "CREATE ROLE " + role + " LOGIN; SELECT assay_admit('" + role + "', 'router')");
    const std::string own = server.url(database, role);
    const auto restricted = opened(own, {});
    const auto seen = restricted->runs({});
    REQUIRE(seen.ok());
    REQUIRE(seen->size() == 1);
    CHECK(seen->at(0).uuid == uuid_of(1));
    CHECK_FALSE(restricted->run(uuid_of(2)).ok());
    for (const char* table : {"project", "run", "point", "sample"}) {
        CHECK(rows_of(own, std::string("SELECT count(*) FROM ") + table, 1).at(0) == "1");
        CHECK(rows_of(url, std::string("SELECT count(*) FROM ") + table, 1).at(0) == "2");
    }
    // A month that nobody had yet: its partitions are made for a role that may not make tables.
    record(*restricted, run_of(3, kNovember + 40 * kDay, "router"));
    CHECK_FALSE(restricted->record(run_of(4, kNovember, "rag")).ok());
    CHECK_FALSE(connected(own)->execute("SELECT 1 FROM point_2026_11").ok());
    CHECK(store->runs({})->size() == 3);
}

TEST_CASE("a baseline in PostgreSQL can be neither changed nor removed, not even by its owner") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    const auto store = opened(url);
    record(*store, run_of(1, kNovember));
    BaselineRow row;
    row.series_id = store->series({})->at(0).id;
    row.policy = "pinned";
    REQUIRE(store->add_baselines({row}).ok());
    const auto connection = connected(url);
    for (const char* change :
         {"UPDATE baseline SET center = 1", "DELETE FROM baseline", "TRUNCATE baseline CASCADE"}) {
        const Status refused = connection->execute(change);
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().message.find("append-only") != std::string::npos);
    }
}

TEST_CASE("a history in PostgreSQL that is not there is made only where that is wanted") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    for (const StoreOptions options : {StoreOptions{}, {.create = true, .read_only = true}}) {
        const auto none = open_store(url, options);
        REQUIRE_FALSE(none.ok());
        CHECK(none.error().kind == ErrorKind::missing);
    }
    static_cast<void>(opened(url));
    CHECK(opened(url, {.read_only = true})->stats()->schema == 1);
}

TEST_CASE("a history of a newer Assay in PostgreSQL is refused with both numbers and left alone") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    static_cast<void>(opened(url));
    execute(url, "INSERT INTO schema_migration VALUES (7, 0, '9.9')");
    for (const StoreOptions options : {StoreOptions{.create = true}, {.read_only = true}}) {
        const auto newer = open_store(url, options);
        REQUIRE_FALSE(newer.ok());
        CHECK(newer.error().kind == ErrorKind::config);
        CHECK(newer.error().message.find("schema 7, this assay knows up to 1") !=
              std::string::npos);
    }
}

TEST_CASE("an older history in PostgreSQL is brought up to date once, whole, and not by a reader") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    static_cast<void>(opened(url));
    const sql::Migration first = sql::postgres_migrations().front();
    const std::array<sql::Migration, 2> broken{
        {first, {2, "ALTER TABLE run ADD COLUMN mood text; SELECT nothing FROM nowhere"}}};
    const std::array<sql::Migration, 2> sound{{first, {2, "ALTER TABLE run ADD COLUMN mood text"}}};
    const auto connection = connected(url);
    const auto reader =
        sql::prepare_postgres_schema(*connection, {.read_only = true, .migrations = sound});
    REQUIRE_FALSE(reader.ok());
    CHECK(reader.error().kind == ErrorKind::config);
    CHECK_FALSE(sql::prepare_postgres_schema(*connection, {.migrations = broken}).ok());
    CHECK(sql::prepare_postgres_schema(*connection, {.migrations = sound}).ok());
    CHECK(sql::prepare_postgres_schema(*connection, {.migrations = sound}).ok());
    CHECK(rows_of(url, "SELECT version FROM schema_migration ORDER BY 1", 1) ==
          std::vector<std::string>{"1", "2"});
    CHECK(rows_of(url, "SELECT mood FROM run", 1).empty());
}

TEST_CASE("tables of another program are not taken for a history and stay as they are") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    execute(url, "CREATE TABLE point (x integer); INSERT INTO point VALUES (3)");
    const auto foreign = open_store(url, {.create = true});
    REQUIRE_FALSE(foreign.ok());
    CHECK(foreign.error().kind == ErrorKind::config);
    CHECK(rows_of(url, "SELECT x FROM point", 1) == std::vector<std::string>{"3"});
    CHECK(rows_of(url, "SELECT to_regclass('run') IS NULL", 1).at(0) == "t");
}

TEST_CASE("both databases keep the same columns in the same order, but for the start of a run") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    static_cast<void>(opened(url));
    const TemporaryFolder folder;
    static_cast<void>(opened(folder.file("history.db")));
    auto sqlite = sql::open_sqlite(folder.file("history.db"), {});
    REQUIRE(sqlite.ok());
    const auto select = (*sqlite)->prepare("SELECT t.name, c.name FROM sqlite_schema t, "
                                           "pragma_table_info(t.name) c WHERE t.type = 'table' "
                                           "ORDER BY t.name, c.cid");
    REQUIRE(select.ok());
    std::vector<std::string> of_sqlite;
    while ((*select)->step().value()) {
        of_sqlite.push_back((*select)->text(0) + "|" + (*select)->text(1));
    }
    CHECK(of_sqlite.size() > 100);
    CHECK(rows_of(url,
                  "SELECT t.relname, c.attname FROM pg_class t JOIN pg_attribute c ON "
                  "c.attrelid = t.oid WHERE t.relnamespace = 'public'::regnamespace AND t.relkind "
                  "IN ('r', 'p') AND NOT t.relispartition AND c.attnum > 0 AND NOT (c.attname = "
                  "'started' AND t.relname IN ('point', 'sample')) "
                  "ORDER BY t.relname COLLATE \"C\", c.attnum",
                  2) == of_sqlite);
}

TEST_CASE("who waited for the maker of the tables finds them, and does not make them again") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    // Small: what many tables tell every session at once would hide that a session had not asked.
    const std::array<sql::Migration, 1> small{
        {{1,
          "CREATE TABLE schema_migration (version integer, applied bigint, host_version text)"}}};
    const auto maker = connected(url);
    REQUIRE(maker->begin_writing().ok());
    const auto late = connected(url);
    auto waiter = std::async(std::launch::async, [&] {
        return sql::prepare_postgres_schema(*late, {.create = true, .migrations = small});
    });
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    const std::string waiting =
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = "
        "(SELECT oid FROM pg_database WHERE datname = current_database())";
    while (rows_of(url, waiting, 1).at(0) != "1" && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    CHECK(rows_of(url, waiting, 1).at(0) == "1");
    REQUIRE(sql::apply(*maker, small, 0).ok());
    REQUIRE(maker->commit().ok());
    const Status ready = waiter.get();
    CHECK_MESSAGE(ready.ok(), ready.error().message);
    CHECK(rows_of(url, "SELECT count(*) FROM schema_migration", 1).at(0) == "1");
}

TEST_CASE("of eight processes that find an empty database all find the tables whole") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    std::vector<pid_t> children;
    for (int i = 0; i < 8; ++i) {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto store = open_store(url, {.create = true});
            if (!store) {
                std::fprintf(stderr, "child %d: %s\n", i, store.error().message.c_str());
                ::_exit(1);
            }
            const auto stats = (*store)->stats();
            if (!stats) {
                std::fprintf(stderr, "child %d: %s\n", i, stats.error().message.c_str());
                ::_exit(2);
            }
            ::_exit(stats->schema == 1 ? 0 : 3);
        }
        children.push_back(child);
    }
    for (const pid_t child : children) {
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(status == 0);
    }
    CHECK(rows_of(url, "SELECT count(*) FROM schema_migration", 1).at(0) == "1");
}

} // namespace postgres_schema_test
