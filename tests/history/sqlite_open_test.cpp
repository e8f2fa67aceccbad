// How a history in a file is opened, made, refused and brought up to date.
#include "histories.hpp"
#include "history/sql/file_system.hpp"
#include "history/sql/sqlite_connection.hpp"
#include "history/sql_store.hpp"

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <fstream>

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace fs = std::filesystem;

namespace {

Error refusal(const std::string& file, StoreOptions options = {}) {
    const auto store = open_store(file, options);
    REQUIRE_FALSE(store.ok());
    CHECK(has(store.error().message, file));
    CHECK_FALSE(store.error().hint.empty());
    return store.error();
}

// A history with one run in it.
std::string made_history(const assay::test::TemporaryFolder& folder) {
    const std::string file = folder.file("history.db");
    auto store = open_store(file, {.create = true});
    REQUIRE(store.ok());
    REQUIRE((*store)->record(run(1, {{"add", 1}})).ok());
    return file;
}

void change(const std::string& file, const std::string& statements) {
    auto db = sql::open_sqlite(file, {});
    REQUIRE(db.ok());
    REQUIRE((*db)->execute(statements).ok());
}

void execute_on_any(const std::string& file, const char* statements) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &db) == SQLITE_OK);
    REQUIRE(sqlite3_exec(db, statements, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
}

const std::array<sql::Migration, 2> kNewer{{{1, sql::sqlite_migrations().front().statements},
                                            {2, "ALTER TABLE run ADD COLUMN weather TEXT"}}};

const std::array<sql::Migration, 2> kBroken{
    {{1, sql::sqlite_migrations().front().statements},
     {2, "ALTER TABLE run ADD COLUMN weather TEXT; INSERT INTO nowhere VALUES (1)"}}};

Result<std::int64_t> network(const std::string& /*path*/) {
    return 0x6969;
}

} // namespace

TEST_CASE("a URL of another database is refused without its password, and nothing is made") {
    const auto store = open_store("mysql://ci:secret@db.example/assay", {.create = true});
    REQUIRE_FALSE(store.ok());
    CHECK(store.error().kind == ErrorKind::config);
    CHECK(store.error().message == "mysql://ci@db.example/assay: no history is kept there");
    CHECK_FALSE(fs::exists("mysql:"));
}

TEST_CASE("a history that is not there is made only on demand, with its folders") {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("a/b/history.db");
    CHECK(refusal(file).kind == ErrorKind::missing);
    CHECK(refusal(file, {.create = true, .read_only = true}).kind == ErrorKind::missing);
    CHECK_FALSE(fs::exists(folder.path() / "a"));
    REQUIRE(open_store(file, {.create = true}).ok());
    CHECK(folder.entries() == std::vector<std::string>{"a", "a/b", "a/b/history.db"});
    CHECK(open_store(file, {.read_only = true}).ok());
}

TEST_CASE("an empty file becomes a history") {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("history.db");
    std::ofstream(file).close();
    REQUIRE(open_store(file, {.create = true}).ok());
    CHECK(open_store(file).ok());
}

TEST_CASE("a history is written ahead, checks references and says whose file it is") {
    const assay::test::TemporaryFolder folder;
    const std::string file = made_history(folder);
    auto db = sql::open_sqlite(file, {});
    REQUIRE(db.ok());
    CHECK(*(*db)->ask("PRAGMA application_id") == 0x41535359);
    CHECK(*(*db)->ask("PRAGMA user_version") == 1);
    CHECK(*(*db)->ask("PRAGMA auto_vacuum") == 2);
    CHECK(*(*db)->ask("PRAGMA synchronous") == 1);
    CHECK(*(*db)->ask("PRAGMA foreign_keys") == 1);
    CHECK(*(*db)->ask("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'") == 1);
    CHECK((*db)->warnings().empty());
    CHECK_FALSE((*db)->execute("INSERT INTO point (series_id, run_id, status, flags) "
                               "VALUES (77, 1, 0, 0)"));
    CHECK_FALSE((*db)->execute("UPDATE run SET started = 'noon'"));
}

TEST_CASE("parameters have their numbers wherever they stand in a statement") {
    const assay::test::TemporaryFolder folder;
    auto db = sql::open_sqlite(made_history(folder), {});
    REQUIRE(db.ok());
    auto statement = (*db)->prepare("SELECT $2, $1, $2");
    REQUIRE(statement.ok());
    (*statement)->bind(1, std::int64_t{1});
    (*statement)->bind(2, std::int64_t{2});
    (*statement)->bind(3, std::int64_t{3}); // not mentioned
    REQUIRE(*(*statement)->step());
    CHECK((*statement)->integer(0) == 2);
    CHECK((*statement)->integer(1) == 1);
    CHECK((*statement)->integer(2) == 2);
}

TEST_CASE("a baseline can be neither changed nor deleted") {
    const assay::test::TemporaryFolder folder;
    const std::string file = made_history(folder);
    change(file,
           "INSERT INTO baseline (series_id, policy, center, n, who, why, evidence, created) "
           "VALUES (1, 'pinned', 1, 1, 'w', 'y', '[]', 0)");
    auto db = sql::open_sqlite(file, {});
    for (const char* attempt : {"UPDATE baseline SET center = 2", "DELETE FROM baseline"}) {
        const Status done = (*db)->execute(attempt);
        REQUIRE_FALSE(done.ok());
        CHECK(has(done.error().message, "append-only"));
    }
}

TEST_CASE("a history of a newer assay is refused with both numbers") {
    const assay::test::TemporaryFolder folder;
    const std::string file = made_history(folder);
    change(file, "PRAGMA user_version=99");
    const Error error = refusal(file, {.create = true});
    CHECK(error.kind == ErrorKind::config);
    CHECK(has(error.message, "schema 99"));
    CHECK(has(error.message, "up to 1"));
}

TEST_CASE("somebody else's database is refused and left as it is") {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("other.db");
    execute_on_any(file, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    const std::string before = folder.read("other.db");
    CHECK(refusal(file, {.create = true}).kind == ErrorKind::config);
    execute_on_any(file, "PRAGMA application_id=1095979865");
    const Error marked = refusal(file, {.create = true});
    CHECK(has(marked.message, "tables of a history are missing"));
    CHECK(folder.entries() == std::vector<std::string>{"other.db"});
}

TEST_CASE("what is no database, a folder or damaged is refused") {
    const assay::test::TemporaryFolder folder;
    folder.write("text.db", std::string(10'000, 'x'));
    const Error text = refusal(folder.file("text.db"), {.create = true});
    CHECK(text.kind == ErrorKind::config);
    CHECK(has(text.message, "no SQLite database"));
    CHECK(refusal(folder.path().string(), {.create = true}).kind == ErrorKind::config);
    CHECK(has(refusal(folder.path().string()).message, "folder"));

    const std::string file = made_history(folder);
    {
        std::fstream damaged(file, std::ios::in | std::ios::out | std::ios::binary);
        damaged.seekp(4096);
        damaged << std::string(fs::file_size(file) - 4096, '\xff');
    }
    const Error error = refusal(file);
    CHECK(error.kind == ErrorKind::io);
    CHECK(has(error.message, "damaged"));
}

TEST_CASE("an older history is copied and brought up to date with what is in it") {
    const assay::test::TemporaryFolder folder;
    const std::string file = made_history(folder);
    {
        const auto reader = sql::open_sqlite(file, {.read_only = true, .migrations = kNewer});
        REQUIRE_FALSE(reader.ok());
        CHECK(reader.error().kind == ErrorKind::config);
        auto db = sql::open_sqlite(file, {.migrations = kNewer});
        REQUIRE(db.ok());
        CHECK(*(*db)->ask("PRAGMA user_version") == 2);
        CHECK(*(*db)->ask("SELECT count(*) FROM schema_migration") == 2);
        CHECK(*(*db)->ask("SELECT count(*) FROM run WHERE weather IS NULL") == 1);
    }
    CHECK(refusal(file).kind == ErrorKind::config); // newer than this assay now
    auto copy = open_store(file + ".schema-1", {.read_only = true});
    REQUIRE(copy.ok());
    CHECK((*copy)->stats()->runs == 1);
}

TEST_CASE("a migration that fails leaves the history as it was") {
    const assay::test::TemporaryFolder folder;
    const std::string file = made_history(folder);
    CHECK_FALSE(sql::open_sqlite(file, {.migrations = kBroken}).ok());
    auto store = open_store(file);
    REQUIRE(store.ok());
    CHECK((*store)->stats()->runs == 1);
    CHECK((*store)->record(run(2, {{"add", 1}})).ok());
}

TEST_CASE("on a network file system there is no log but a lock, and one warning") {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("history.db");
    auto db = sql::open_sqlite(file, {.create = true, .file_system = network});
    REQUIRE(db.ok());
    CHECK((*db)->warnings().size() == 1);
    CHECK(*(*db)->ask("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'delete'") ==
          1);
    SqlStore store(std::move(*db));
    REQUIRE(store.record(run(1, {{"add", 1}})).ok());
    CHECK(folder.entries() == std::vector<std::string>{"history.db", "history.db.lock"});
    // Held only while a run is written.
    auto second = sql::open_sqlite(file, {.file_system = network});
    REQUIRE(second.ok());
    CHECK(SqlStore(std::move(*second)).record(run(2, {{"add", 1}})).ok());
}

TEST_CASE("network file systems are told from local ones") {
    for (const std::int64_t type :
         {0x6969LL, 0xFE534D42LL, 0xFF534D42LL, 0x01021997LL, 0x65735546LL}) {
        CHECK(sql::is_network(type));
    }
    CHECK(sql::is_network(static_cast<std::int32_t>(0xFF534D42))); // with its sign extended
    CHECK_FALSE(sql::is_network(0xEF53));                          // ext4
    const assay::test::TemporaryFolder folder;
    CHECK(sql::file_system_of(folder.file("not/there/yet.db")).ok());
}

TEST_CASE("a backup is a whole history in a new file and never replaces another") {
    const assay::test::TemporaryFolder folder;
    auto store = open_store(made_history(folder));
    REQUIRE(store.ok());
    const std::string copy = folder.file("copy.db");
    REQUIRE((*store)->backup(copy).ok());
    CHECK_FALSE(fs::exists(copy + ".partial"));
    auto read = open_store(copy, {.read_only = true});
    REQUIRE(read.ok());
    CHECK((*read)->run(uuid(1)).ok());
    const Status again = (*store)->backup(copy);
    REQUIRE_FALSE(again.ok());
    CHECK(again.error().kind == ErrorKind::usage);
    const Status nowhere = (*store)->backup(folder.file("not/there/copy.db"));
    REQUIRE_FALSE(nowhere.ok());
    CHECK(nowhere.error().message.find("No such file or directory") != std::string::npos);
    CHECK(nowhere.error().hint.find("can be written to") != std::string::npos);
}
