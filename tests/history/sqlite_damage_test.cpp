// What is left of a history, and what is said about it, after somebody or something broke it.
#include "child_process.hpp"
#include "histories.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace fs = std::filesystem;

namespace {

void write(const fs::path& file, const std::string& text, std::chrono::hours age) {
    std::ofstream(file) << text;
    fs::last_write_time(file, fs::file_time_type::clock::now() - age);
}

std::string made_with_run(const assay::test::TemporaryFolder& folder) {
    const std::string file = folder.file("history.db");
    auto store = open_store(file, {.create = true});
    REQUIRE(store.ok());
    REQUIRE((*store)->record(run(1, {{"add", 1}})).ok());
    return file;
}

} // namespace

TEST_CASE("what is left of a history that was being made is removed by the next start") {
    const assay::test::TemporaryFolder folder;
    const std::string file = made_with_run(folder);
    write(file + ".new-17-4", "half a schema", std::chrono::hours(2));
    write(file + ".new-17-4-wal", "half a schema", std::chrono::hours(2));
    write(file + ".new-18-5", "being made now", std::chrono::hours(0));
    write(folder.file("other.db.new-17-4"), "another's", std::chrono::hours(2));
    REQUIRE(open_store(file, {.read_only = true}).ok());
    CHECK(fs::exists(file + ".new-17-4")); // a reader removes nothing
    REQUIRE(open_store(file).ok());
    CHECK_FALSE(fs::exists(file + ".new-17-4"));
    CHECK_FALSE(fs::exists(file + ".new-17-4-wal"));
    CHECK(fs::exists(file + ".new-18-5"));
    CHECK(fs::exists(folder.file("other.db.new-17-4")));
}

TEST_CASE("a history is not begun under the log of one that was moved away") {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("history.db");
    write(file + "-wal", "the last runs of another", std::chrono::hours(0));
    const auto store = open_store(file, {.create = true});
    REQUIRE_FALSE(store.ok());
    CHECK(store.error().kind == ErrorKind::config);
    CHECK(has(store.error().message, file + "-wal"));
    CHECK(has(store.error().hint, "move the log"));
    CHECK_FALSE(fs::exists(file));
}

TEST_CASE("a damaged history is told with the commands that build it anew") {
    const assay::test::TemporaryFolder folder;
    const std::string file = made_with_run(folder);
    fs::remove(file + "-wal");
    {
        std::fstream damage(file, std::ios::in | std::ios::out | std::ios::binary);
        damage.seekp(100);
        damage << std::string(fs::file_size(file) - 100, 'x');
    }
    const auto store = open_store(file);
    REQUIRE_FALSE(store.ok());
    CHECK(has(store.error().message, file));
    CHECK(has(store.error().hint, "assay history pull '" + folder.file("runs") + "' --history"));
    CHECK(has(store.error().hint, "mv '" + file + "'*"));
}

TEST_CASE("a history is backed up out of a place that cannot be written") {
    const assay::test::TemporaryFolder folder;
    const assay::test::TemporaryFolder elsewhere;
    const std::string file = made_with_run(folder);
    const std::string copy = elsewhere.file("copy.db");
    fs::permissions(elsewhere.path(), fs::perms::all);
    fs::permissions(file, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
    using fs::perms;
    fs::permissions(folder.path(),
                    perms::owner_read | perms::owner_exec | perms::group_read | perms::group_exec |
                        perms::others_read | perms::others_exec);
    ChildProcess copier([&] {
        constexpr uid_t kSomebody = 65534; // permissions bind only those who are not root
        if (::geteuid() == 0 && ::setuid(kSomebody) != 0) {
            return false;
        }
        const auto store = open_store(file, {.read_only = true});
        return store.ok() && (*store)->backup(copy).ok() &&
               !(*store)->record(run(2, {{"add", 1}})).ok(); // it is still read only
    });
    CHECK(copier.succeeded());
    fs::permissions(folder.path(), fs::perms::owner_all);
    const auto read = open_store(copy, {.read_only = true});
    REQUIRE(read.ok());
    CHECK((*read)->run(uuid(1)).ok());
}
