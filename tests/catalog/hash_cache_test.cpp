#include "catalog/hash_cache.hpp"
#include "contains.hpp"
#include "support/file.hpp"
#include "support/sha256.hpp"
#include "support/unique_fd.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <fcntl.h>
#include <thread>

using namespace assay;
using namespace assay::catalog;
using namespace assay::test;

namespace {

// Keeps the facts as soon as the file's time stamp is old enough to be told from a later change.
void keep_settled(HashCache& cache, const std::filesystem::path& path, const FileFacts& facts) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (cache.find(path) == nullptr && std::chrono::steady_clock::now() < deadline) {
        cache.keep(path, *file_stamp(path), facts);
        std::this_thread::yield();
    }
}

} // namespace

TEST_CASE("what was learned of a file is found again until the file changes") {
    const TemporaryFolder folder;
    const auto path = folder.write("a", "abc");
    const auto store = folder.path() / "cache" / "files.json";
    {
        HashCache cache(store);
        CHECK(cache.find(path) == nullptr);
        keep_settled(cache, path, {sha256_of("abc"), 3, "{\"assay\":1}"});
        cache.save();
    }
    HashCache cache(store);
    const FileFacts* facts = cache.find(path);
    REQUIRE(facts != nullptr);
    CHECK(facts->sha256 == sha256_of("abc"));
    CHECK(facts->bytes == 3);
    CHECK(facts->manifest == "{\"assay\":1}");
    folder.write("a", "abd"); // same size, new inode
    CHECK(cache.find(path) == nullptr);
}

TEST_CASE("a change that restores size and mtime is seen by ctime") {
    const TemporaryFolder folder;
    const auto path = folder.write("a", "abc");
    HashCache cache({});
    keep_settled(cache, path, {sha256_of("abc"), 3, {}});
    REQUIRE(cache.find(path) != nullptr);
    const auto time = std::filesystem::last_write_time(path);
    {
        const UniqueFd fd(::open(path.c_str(), O_WRONLY));
        REQUIRE(write_all(fd.get(), "xyz").ok());
    }
    std::filesystem::last_write_time(path, time);
    CHECK(cache.find(path) == nullptr);
}

TEST_CASE("facts about a file that changed while it was read are not kept") {
    const TemporaryFolder folder;
    const auto path = folder.write("a", "abc");
    HashCache cache({});
    const auto stamp = file_stamp(path);
    folder.write("a", "other");
    cache.keep(path, *stamp, {sha256_of("abc"), 3, {}});
    CHECK(cache.find(path) == nullptr);
}

TEST_CASE("files that are gone leave the cache and a damaged cache is as good as none") {
    const TemporaryFolder folder;
    const auto path = folder.write("a", "abc");
    const auto other = folder.write("b", "abc");
    const auto store = folder.path() / "files.json";
    HashCache cache(store);
    keep_settled(cache, path, {sha256_of("abc"), 3, {}});
    keep_settled(cache, other, {sha256_of("abc"), 3, {}});
    std::filesystem::remove(path);
    cache.save();
    CHECK_FALSE(contains(read_file(store.string()).value(), path.string() + "\""));
    for (const char* damaged : {"", "{", "[]", R"({"schema":"assay.files/1","files":[1,{}]})"}) {
        folder.write("files.json", damaged);
        CHECK(HashCache(store).find(other) == nullptr);
    }
}

TEST_CASE("hashing goes through the cache where one is given") {
    const TemporaryFolder folder;
    const auto path = folder.write("a", "abc");
    HashCache cache({});
    keep_settled(cache, path, {std::string(64, '0'), 3, {}});
    CHECK(hash_file(path, &cache)->sha256 == std::string(64, '0'));
    CHECK(hash_file(path, nullptr)->sha256 == sha256_of("abc"));
    CHECK(hash_file(path, nullptr)->bytes == 3);
    CHECK_FALSE(hash_file(folder.path() / "none", &cache).ok());
}
