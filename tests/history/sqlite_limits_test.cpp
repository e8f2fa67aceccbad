// Places that cannot be written, and disks that are full.
#include "child_process.hpp"
#include "histories.hpp"
#include "history/sql/sqlite_connection.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <sys/resource.h>

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace fs = std::filesystem;

namespace {

constexpr uid_t kNobody = 65534;

Run large_run(int number) {
    Run made = run(number);
    for (int i = 0; i < 200; ++i) {
        made.points.push_back(point("family_" + std::to_string(i), 1));
        made.points.back().samples.launches = {std::vector<double>()};
        for (int sample = 0; sample < 60; ++sample) {
            made.points.back().samples.launches[0].push_back(1.0 / (sample + i + 2));
        }
    }
    return made;
}

// Nobody can write to what lies there while the object lives.
class ReadOnlyPlace {
public:
    explicit ReadOnlyPlace(const assay::test::TemporaryFolder& folder)
        : folder_(folder.path()) {
        using fs::perms;
        const perms readable = perms::owner_read | perms::group_read | perms::others_read;
        for (const auto& entry : fs::directory_iterator(folder_)) {
            fs::permissions(entry.path(), readable);
        }
        fs::permissions(folder_,
                        readable | perms::owner_exec | perms::group_exec | perms::others_exec);
    }

    ReadOnlyPlace(const ReadOnlyPlace&) = delete;
    ReadOnlyPlace& operator=(const ReadOnlyPlace&) = delete;

    ~ReadOnlyPlace() { fs::permissions(folder_, fs::perms::owner_all); }

private:
    fs::path folder_;
};

// Permissions bind only those who are not root.
bool become_somebody() {
    return ::geteuid() != 0 || ::setuid(kNobody) == 0;
}

} // namespace

TEST_CASE("a history in a read-only place can be read, and writing is refused with what to do") {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("history.db");
    {
        auto store = open_store(file, {.create = true});
        REQUIRE(store.ok());
        REQUIRE((*store)->record(run(1, {{"add", 1}})).ok());
    }
    const ReadOnlyPlace place(folder);
    ChildProcess reader([&] {
        if (!become_somebody()) {
            return false;
        }
        auto store = open_store(file, {.read_only = true});
        return store.ok() && (*store)->run(uuid(1)).ok();
    });
    CHECK(reader.succeeded());
    ChildProcess writer([&] {
        const bool plain = become_somebody();
        const auto store = open_store(file);
        return plain && !store.ok() && store.error().kind == ErrorKind::io &&
               has(store.error().message, "read-only") && !store.error().hint.empty();
    });
    CHECK(writer.succeeded());
    ChildProcess maker([&] {
        const bool plain = become_somebody();
        const auto store = open_store(folder.file("new.db"), {.create = true});
        return plain && !store.ok() && store.error().kind == ErrorKind::io &&
               has(store.error().message, "new.db");
    });
    CHECK(maker.succeeded());
}

TEST_CASE("a store opened for reading records nothing") {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("history.db");
    REQUIRE(open_store(file, {.create = true}).ok());
    auto store = open_store(file, {.read_only = true});
    REQUIRE(store.ok());
    const auto recorded = (*store)->record(run(1, {{"add", 1}}));
    REQUIRE_FALSE(recorded.ok());
    CHECK(has(recorded.error().message, "read-only"));
}

TEST_CASE("a disk that fills up says so, and what was recorded before is whole") {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("history.db");
    REQUIRE(open_store(file, {.create = true}).ok());
    ChildProcess writer([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{.rlim_cur = 2'000'000, .rlim_max = 2'000'000}; // of every file
        auto store = open_store(file);
        if (!store || ::setrlimit(RLIMIT_FSIZE, &limit) != 0) {
            return false;
        }
        for (int number = 1; number < 200; ++number) {
            const auto recorded = (*store)->record(large_run(number));
            if (!recorded) {
                return number > 1 && recorded.error().kind == ErrorKind::io &&
                       has(recorded.error().message, "no room left");
            }
        }
        return false;
    });
    CHECK(writer.succeeded());
    auto store = open_store(file);
    REQUIRE(store.ok());
    const auto stats = (*store)->stats();
    REQUIRE(stats.ok());
    CHECK(stats->runs > 0);
    CHECK(stats->points == stats->runs * 200);
    CHECK((*store)->record(large_run(1000)).ok());
    auto db = sql::open_sqlite(file, {.read_only = true});
    REQUIRE(db.ok());
    CHECK(*(*db)->ask("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") ==
          1);
}

TEST_CASE("a history that may not grow says that there is no room left") {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("history.db");
    auto db = sql::open_sqlite(file, {.create = true});
    REQUIRE(db.ok());
    const auto pages = (*db)->ask("PRAGMA page_count");
    REQUIRE((*db)->execute("PRAGMA max_page_count=" + std::to_string(*pages + 2)).ok());
    const Status done = (*db)->execute("CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION "
                                       "ALL SELECT i + 1 FROM n LIMIT 10000) SELECT i FROM n");
    REQUIRE_FALSE(done.ok());
    CHECK(has(done.error().message, "no room left"));
}

TEST_CASE("a shared history is unavailable or unreachable by its name, not a file of that name") {
    const auto store = open_store("postgresql://nobody@localhost:1/nothing");
    REQUIRE_FALSE(store.ok());
    CHECK_FALSE(fs::exists("postgresql:"));
}
