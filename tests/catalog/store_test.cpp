#include "catalog/store.hpp"
#include "contains.hpp"
#include "elf_builder.hpp"
#include "support/file.hpp"
#include "support/sha256.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <dlfcn.h>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>

using namespace assay;
using namespace assay::catalog;
using namespace assay::test;

namespace {

namespace fs = std::filesystem;

std::size_t entries_in(const fs::path& folder) {
    std::error_code error;
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder, error), fs::directory_iterator{}));
}

unsigned mode_of(const fs::path& path) {
    struct stat info {};

    REQUIRE(::lstat(path.c_str(), &info) == 0);
    return info.st_mode & 07777u;
}

struct Workshop {
    TemporaryFolder folder;
    fs::path store_path = folder.path() / "store";
    Store store{store_path};
    fs::path plugin = folder.write("plugins/a.assay.so", plugin_with_library());

    Workshop() { folder.write("plugins/libk.so", build_elf({})); }

    static std::string plugin_with_library() {
        ElfSpec spec;
        spec.manifests = {manifest_json("org.example.a")};
        spec.needed = {"libk.so"};
        spec.runpath = "$ORIGIN";
        return build_elf(spec);
    }

    TrustedFiles trusted() const {
        TrustedFiles files;
        for (const auto& entry : fs::directory_iterator(plugin.parent_path())) {
            files[entry.path()] = sha256_of_file(entry.path().string()).value();
        }
        return files;
    }
};

} // namespace

TEST_CASE("a plugin from the store loads with its library from the store") {
    const TemporaryFolder folder;
    const Store store(folder.path() / "store");
    const auto stored = store.admit(fs::path(ASSAY_CATALOG_FIXTURES) / "fixture.assay.so");
    REQUIRE(stored.ok());
    void* library = ::dlopen(stored->path.c_str(), RTLD_NOW | RTLD_LOCAL);
    REQUIRE_MESSAGE(library != nullptr, ::dlerror());
    const auto answer = reinterpret_cast<int (*)()>(::dlsym(library, "assay_fixture_answer"));
    REQUIRE((answer != nullptr));
    CHECK(answer() == 42);
    std::ifstream maps("/proc/self/maps");
    const std::string text(std::istreambuf_iterator<char>(maps), {});
    CHECK(contains(text, (stored->path.parent_path() / "libcatalog_fixture_kernel.so").string()));
    CHECK_FALSE(contains(text, ASSAY_CATALOG_FIXTURES));
}

TEST_CASE("a unit lies in one private folder with unwritable files") {
    const Workshop shop;
    const auto stored = shop.store.admit(shop.plugin);
    REQUIRE(stored.ok());
    CHECK(stored->path == shop.store_path / stored->key / "a.assay.so");
    CHECK(stored->sha256 == sha256_of_file(shop.plugin.string()).value());
    CHECK(mode_of(shop.store_path) == 0700);
    CHECK(mode_of(shop.store_path / stored->key) == 0700);
    CHECK(mode_of(stored->path) == 0500);
    CHECK(entries_in(shop.store_path / stored->key) == 2);
    CHECK(store_key(shop.plugin, nullptr).value() == stored->key);
}

TEST_CASE("equal content admitted twice and from two places is one folder") {
    const Workshop shop;
    const auto first = shop.store.admit(shop.plugin);
    fs::copy(shop.plugin.parent_path(), shop.folder.path() / "copy");
    const auto second = shop.store.admit(shop.folder.path() / "copy" / "a.assay.so");
    REQUIRE(first.ok());
    REQUIRE(second.ok());
    CHECK(first->path == second->path);
    CHECK(entries_in(shop.store_path) == 1);
    shop.folder.write("plugins/libk.so", build_elf({.ballast = "new"}));
    const auto third = shop.store.admit(shop.plugin);
    REQUIRE(third.ok());
    CHECK(third->sha256 == first->sha256);
    CHECK(third->key != first->key); // the same plugin with another library is another unit
}

TEST_CASE("many threads that admit the same content agree on one folder") {
    const Workshop shop;
    std::vector<std::string> paths(8);
    {
        std::vector<std::jthread> threads;
        for (std::string& path : paths) {
            threads.emplace_back([&] {
                const auto stored = Store(shop.store_path).admit(shop.plugin);
                path = stored ? stored->path.string() : stored.error().message;
            });
        }
    }
    CHECK(std::ranges::count(paths, paths.front()) == 8);
    CHECK(fs::exists(paths.front()));
    CHECK(entries_in(shop.store_path) == 1);
}

TEST_CASE("a damaged or enriched copy is replaced by an intact one") {
    const Workshop shop;
    const auto stored = shop.store.admit(shop.plugin);
    REQUIRE(stored.ok());
    const fs::path folder = stored->path.parent_path();
    const auto intact = [&] {
        const auto again = shop.store.admit(shop.plugin);
        return again && again->path == stored->path && entries_in(folder) == 2 &&
               entries_in(shop.store_path) == 1 && mode_of(folder) == 0700 &&
               sha256_of_file(stored->path.string()).value() == stored->sha256;
    };
    CHECK(intact());
    fs::permissions(stored->path, fs::perms::owner_all);
    REQUIRE(write_file_atomically(stored->path.string(), "short").ok());
    CHECK(intact());
    REQUIRE(write_file_atomically((folder / "libplanted.so").string(), "x").ok());
    CHECK(intact());
    fs::remove(folder / "libk.so");
    CHECK(intact());
    fs::remove(folder / "libk.so");
    fs::create_symlink(shop.folder.path() / "plugins" / "libk.so", folder / "libk.so");
    CHECK(intact());
    fs::permissions(folder, fs::perms(0777));
    CHECK(intact());
    fs::remove_all(folder);
    fs::create_symlink(shop.folder.path() / "plugins", folder);
    CHECK(intact());
}

TEST_CASE("content other than the expected one is not admitted") {
    const Workshop shop;
    const std::string digest = sha256_of_file(shop.plugin.string()).value();
    CHECK(shop.store.admit(shop.plugin, digest).ok());
    const auto refused = shop.store.admit(shop.plugin, std::string(64, '0'));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == ErrorKind::untrusted);
    CHECK(contains(refused.error().message, "expected sha256 " + std::string(64, '0')));
    CHECK(contains(refused.error().message, "found " + digest));
}

TEST_CASE("a project's unit consists of trusted files alone") {
    const Workshop shop;
    const TrustedFiles trusted = shop.trusted();
    CHECK(shop.store.admit_trusted(shop.plugin, trusted).ok());

    shop.folder.write("plugins/libk.so", build_elf({.ballast = "evil"}));
    const auto changed = shop.store.admit_trusted(shop.plugin, trusted);
    REQUIRE_FALSE(changed.ok());
    CHECK(changed.error().kind == ErrorKind::untrusted);
    CHECK(contains(changed.error().message, "libk.so changed since"));

    shop.folder.write("plugins/glibc-hwcaps/x86-64-v3/libk.so", build_elf({}));
    shop.folder.write("plugins/libk.so", build_elf({}));
    const auto added = shop.store.admit_trusted(shop.plugin, trusted);
    REQUIRE_FALSE(added.ok());
    CHECK(contains(added.error().message, "x86-64-v3/libk.so, which is not among the files"));
}

TEST_CASE("a trusted plugin may not take libraries from folders that nobody hashed") {
    const Workshop shop;
    ElfSpec spec;
    spec.needed = {"libk.so"};
    spec.runpath = shop.folder.folder("elsewhere").string();
    shop.folder.write("elsewhere/libk.so", build_elf({}));
    const auto plugin = shop.folder.write("plugins/b.assay.so", build_elf(spec));
    const auto refused = shop.store.admit_trusted(plugin, shop.trusted());
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == ErrorKind::untrusted);
    CHECK(contains(refused.error().message, "elsewhere/libk.so"));
    CHECK(shop.store.admit(plugin).ok()); // naming it is consent
}

TEST_CASE("a disk that fills up leaves nothing half-written") {
    Workshop shop;
    shop.folder.write("plugins/libk.so", build_elf({.ballast = std::string(200'000, 'x')}));
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    auto* handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{100'000, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    const auto stored = shop.store.admit(shop.plugin);
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    REQUIRE_FALSE(stored.ok());
    CHECK(stored.error().kind == ErrorKind::io);
    CHECK(contains(stored.error().message, "cannot write"));
    CHECK(entries_in(shop.store_path) == 0);
    CHECK(shop.store.admit(shop.plugin).ok());
}

TEST_CASE("what a killed process left in the store is removed after an hour and not before") {
    const Workshop shop;
    const fs::path old = shop.folder.folder("store/incoming-old");
    const fs::path young = shop.folder.folder("store/incoming-young");
    fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(2));
    REQUIRE(shop.store.admit(shop.plugin).ok());
    CHECK_FALSE(fs::exists(old));
    CHECK(fs::exists(young));
}

TEST_CASE("a store that is no folder or open to others is refused or closed") {
    const TemporaryFolder folder;
    const auto plugin = folder.write("a.assay.so", plugin_bytes("org.example.a"));
    const auto file = folder.write("file", "");
    CHECK(contains(Store(file).admit(plugin).error().message, "is not a folder"));
    fs::create_symlink(folder.folder("target"), folder.path() / "link");
    CHECK_FALSE(Store(folder.path() / "link").admit(plugin).ok());
    const fs::path open = folder.folder("open");
    fs::permissions(open, fs::perms(0777));
    CHECK(Store(open).admit(plugin).ok());
    CHECK(mode_of(open) == 0700);
}

TEST_CASE("a plugin that needs a library above it is stored with its folders") {
    const TemporaryFolder folder;
    ElfSpec spec;
    spec.needed = {"libk.so"};
    spec.runpath = "$ORIGIN/..";
    const auto plugin = folder.write("lib/plugins/a.assay.so", build_elf(spec));
    folder.write("lib/libk.so", build_elf({}));
    const Store store(folder.path() / "store");
    const auto stored = store.admit(plugin);
    REQUIRE(stored.ok());
    CHECK(stored->path == folder.path() / "store" / stored->key / "plugins" / "a.assay.so");
    CHECK(fs::exists(stored->path.parent_path().parent_path() / "libk.so"));
    const auto again = store.admit(plugin);
    REQUIRE(again.ok());
    CHECK(again->path == stored->path);
}
