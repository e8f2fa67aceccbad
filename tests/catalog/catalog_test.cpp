#include "catalog/catalog.hpp"
#include "contains.hpp"
#include "elf_builder.hpp"
#include "support/file.hpp"
#include "support/sha256.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <thread>

using namespace assay;
using namespace assay::catalog;
using namespace assay::test;

namespace {

namespace fs = std::filesystem;

struct House {
    TemporaryFolder folder;
    Places places;
    CatalogOptions options;

    House() {
        options.cache = folder.path() / "cache";
        options.trust = folder.path() / "state";
    }

    // A plugin with that id (and suite) in a folder below.
    fs::path
    plugin(const std::string& name, const std::string& id, const std::string& suite = "demo") {
        return folder.write(name, plugin_bytes(id, suite));
    }

    Catalog open() const {
        auto catalog = Catalog::open(places, options);
        INFO((catalog ? std::string{} : catalog.error().message));
        REQUIRE(catalog.ok());
        return std::move(*catalog);
    }

    Error refusal() const {
        auto catalog = Catalog::open(places, options);
        REQUIRE_FALSE(catalog.ok());
        return catalog.error();
    }

    void install(const fs::path& sub = "lib") {
        const fs::path place = folder.folder(sub);
        fs::permissions(place, fs::perms(0755));
        places.installed.push_back(place);
    }

    void allow_project() const {
        const TrustStore trust(options.trust);
        REQUIRE(trust.add(read_project(*places.project, nullptr).value()).ok());
    }
};

std::vector<EntryState> states(const Catalog& catalog) {
    std::vector<EntryState> found;
    for (const CatalogEntry& entry : catalog.entries()) {
        found.push_back(entry.state);
    }
    return found;
}

using States = std::vector<EntryState>;

} // namespace

TEST_CASE("plugins of all tiers are found in the order of precedence with their digests") {
    House house;
    house.plugin("lib/c.assay.so", "org.example.c");
    house.install();
    house.plugin("work/.assay/plugins/b.assay.so", "org.example.b");
    house.places.project = house.folder.path() / "work";
    house.allow_project();
    house.places.files = {house.plugin("a.assay.so", "org.example.a")};
    house.plugin("dir/d.assay.so", "org.example.d");
    house.places.folders = {house.folder.path() / "dir"};
    const Catalog catalog = house.open();
    REQUIRE(catalog.entries().size() == 4);
    CHECK(states(catalog) == States(4, EntryState::usable));
    CHECK(catalog.entries()[0].manifest.id == "org.example.a");
    CHECK(catalog.entries()[0].named);
    CHECK(catalog.entries()[0].sha256 == sha256_of(plugin_bytes("org.example.a")));
    CHECK(name_of(catalog.entries()[1].tier) == "explicit");
    CHECK_FALSE(catalog.entries()[1].named);
    CHECK(name_of(catalog.entries()[2].tier) == "project");
    CHECK(name_of(catalog.entries()[3].tier) == "installed");
    CHECK(catalog.warnings().empty());
    CHECK_FALSE(catalog.project_untrusted());
}

TEST_CASE("only the suffix makes a plugin and other libraries are no warnings") {
    House house;
    house.plugin("lib/a.assay.so", "org.example.a");
    house.folder.write("lib/liba.so", "x");
    house.folder.write("lib/.assay.so", "x");
    house.folder.write("lib/deep/b.assay.so", plugin_bytes("org.example.b"));
    house.install();
    const Catalog catalog = house.open();
    CHECK(catalog.entries().size() == 1);
    CHECK(catalog.warnings().empty());
}

TEST_CASE("a named plugin that is missing is a usage error and a broken one an entry") {
    House house;
    house.places.files = {house.folder.path() / "none.assay.so"};
    CHECK(house.refusal().kind == ErrorKind::usage);
    CHECK(contains(house.refusal().message, "none.assay.so named by --plugin"));
    house.places.files = {house.folder.path()};
    CHECK(contains(house.refusal().message, "is a folder"));
    house.places.files = {house.folder.write("broken.assay.so", "text")};
    const Catalog catalog = house.open();
    REQUIRE(catalog.entries().size() == 1);
    CHECK(catalog.entries()[0].state == EntryState::refused);
    CHECK(catalog.entries()[0].named);
    CHECK(contains(catalog.entries()[0].reason, "broken.assay.so is not an ELF file"));
}

TEST_CASE("a named folder that is missing is a usage error and an installed one is not") {
    House house;
    house.places.installed = {house.folder.path() / "none"};
    CHECK(house.open().warnings().empty());
    house.places.folders = {house.folder.path() / "none"};
    CHECK(house.refusal().kind == ErrorKind::usage);
    CHECK(contains(house.refusal().message, "cannot read the plugin folder"));
    house.places.folders = {house.folder.write("file", "")};
    CHECK(house.refusal().kind == ErrorKind::usage);
}

TEST_CASE("a broken plugin costs its own entry and a warning that names it") {
    House house;
    house.plugin("lib/a.assay.so", "org.example.a");
    house.folder.write("lib/b.assay.so", "text");
    house.install();
    const Catalog catalog = house.open();
    CHECK(states(catalog) == States{EntryState::usable, EntryState::refused});
    REQUIRE(catalog.warnings().size() == 1);
    CHECK(contains(catalog.warnings()[0], "b.assay.so is not an ELF file"));
}

TEST_CASE("a plugin for another ABI is refused with both numbers") {
    House house;
    ElfSpec spec;
    spec.manifests = {R"({"assay":2,"id":"org.example.a","version":"1",
        "provides":[{"kind":"assay.suite/1","name":"a"}]})"};
    house.places.files = {house.folder.write("a.assay.so", build_elf(spec))};
    const Catalog catalog = house.open();
    CHECK(catalog.entries()[0].state == EntryState::refused);
    CHECK(contains(catalog.entries()[0].reason, "built for ABI 2.0, this host speaks 1."));
    CHECK(catalog.entries()[0].manifest.id.empty());
}

TEST_CASE("the first of two plugins with one id wins and both paths are named") {
    House house;
    const fs::path second = house.plugin("lib/a.assay.so", "org.example.a");
    house.install();
    const fs::path first = house.plugin("other.assay.so", "org.example.a");
    house.places.files = {first};
    const Catalog catalog = house.open();
    CHECK(states(catalog) == States{EntryState::usable, EntryState::shadowed});
    CHECK(contains(catalog.entries()[1].reason, first.string()));
    CHECK(contains(catalog.entries()[1].reason, second.string()));
    CHECK(catalog.warnings().size() == 1);
}

TEST_CASE("the same file found twice is one plugin") {
    House house;
    const fs::path file = house.plugin("dir/a.assay.so", "org.example.a");
    house.places.files = {file};
    house.places.folders = {house.folder.path() / "dir"};
    CHECK(house.open().entries().size() == 1);
    CHECK(house.open().warnings().empty());
}

TEST_CASE("a plugin that is not usable takes nobody's place") {
    House house;
    house.plugin("lib/a.assay.so", "org.example.a");
    house.install();
    house.plugin("work/.assay/plugins/a.assay.so", "org.example.a");
    fs::create_symlink(house.folder.path() / "lib/a.assay.so",
                       house.folder.path() / "work/.assay/plugins/link.assay.so");
    house.places.project = house.folder.path() / "work";
    const Catalog catalog = house.open();
    CHECK(states(catalog) ==
          States{EntryState::untrusted, EntryState::untrusted, EntryState::usable});
    CHECK(catalog.project_untrusted());
}

TEST_CASE("a project's plugins wait for trust and lose it with any change") {
    House house;
    house.plugin("work/.assay/plugins/a.assay.so", "org.example.a");
    house.places.project = house.folder.path() / "work";
    CHECK(states(house.open()) == States{EntryState::untrusted});
    CHECK(house.open().project_untrusted());
    CHECK(contains(house.open().entries()[0].reason, "assay trust add"));
    house.options.trust_project = true;
    CHECK(states(house.open()) == States{EntryState::usable});
    house.options.trust_project = false;
    house.allow_project();
    CHECK(states(house.open()) == States{EntryState::usable});
    house.folder.write("work/.assay/plugins/data", "x");
    const Catalog catalog = house.open();
    CHECK(states(catalog) == States{EntryState::untrusted});
    CHECK(catalog.project_verdict().state == TrustState::changed);
}

TEST_CASE("settings that name code make a project untrusted without any plugin") {
    House house;
    house.folder.write("work/.assay/assay.json", R"({"launcher":"evil"})");
    house.places.project = house.folder.path() / "work";
    CHECK(house.open().project_untrusted());
    house.allow_project();
    CHECK_FALSE(house.open().project_untrusted());
}

TEST_CASE("a folder that the project's configuration names is loaded only where allowed by path") {
    House house;
    house.plugin("work/.assay/plugins/b.assay.so", "org.example.b");
    house.plugin("work/build/a.assay.so", "org.example.a");
    house.places.project = house.folder.path() / "work";
    house.places.project_paths = {house.folder.path() / "work/build"};
    house.allow_project();
    const Catalog closed = house.open();
    CHECK(states(closed) == States{EntryState::usable, EntryState::untrusted});
    CHECK(closed.project_untrusted());
    REQUIRE(TrustStore(house.options.trust).add_path(house.folder.path() / "work/build").ok());
    const Catalog open = house.open();
    CHECK(states(open) == States(2, EntryState::usable));
    const Store store(house.folder.path() / "store");
    CHECK(admit(store, open.entries()[0]).ok());
    CHECK(admit(store, open.entries()[1]).ok());
    house.places.project_paths = {house.folder.path() / "work/build/a.assay.so",
                                  house.folder.path() / "work/none.assay.so"};
    CHECK(states(house.open()) ==
          States{EntryState::usable, EntryState::usable, EntryState::refused});
}

TEST_CASE("installed plugins that others can replace are refused") {
    const auto refused = [](const auto& sin, std::string_view why) {
        House house;
        house.plugin("lib/a.assay.so", "org.example.a");
        house.install();
        sin(house.folder.path() / "lib");
        const Catalog catalog = house.open();
        INFO(catalog.entries()[0].reason);
        return catalog.entries()[0].state == EntryState::refused &&
               contains(catalog.entries()[0].reason, why) && catalog.warnings().size() == 1;
    };
    CHECK(refused([](const fs::path& lib) { fs::permissions(lib, fs::perms(0777)); },
                  "writable by everybody"));
    CHECK(refused([](const fs::path& lib) { fs::permissions(lib, fs::perms(0775)); },
                  "writable by its group"));
    CHECK(refused([](const fs::path& lib) { fs::permissions(lib / "a.assay.so", fs::perms(0666)); },
                  "chmod go-w"));
    CHECK(refused(
        [](const fs::path& lib) {
            fs::rename(lib / "a.assay.so", lib.parent_path() / "a.assay.so");
            fs::create_symlink(lib.parent_path() / "a.assay.so", lib / "a.assay.so");
        },
        "a link that leads out of its folder"));
    House house;
    house.plugin("lib/a-1.so", "org.example.a");
    house.install();
    fs::create_symlink("a-1.so", house.folder.path() / "lib/a.assay.so");
    CHECK(states(house.open()) == States{EntryState::usable}); // a link inside is fine
}

TEST_CASE("one suite name from two plugins is a configuration error that names both") {
    House house;
    house.plugin("lib/a.assay.so", "org.example.a", "router");
    house.plugin("lib/b.assay.so", "org.example.b", "other");
    house.install();
    CHECK(check_suite_names(house.open().entries()).ok());
    house.plugin("lib/c.assay.so", "org.example.c", "router");
    const Status clash = check_suite_names(house.open().entries());
    REQUIRE_FALSE(clash.ok());
    CHECK(clash.error().kind == ErrorKind::config);
    CHECK(contains(clash.error().message, "the suite 'router'"));
    CHECK(contains(clash.error().message, "org.example.a"));
    CHECK(contains(clash.error().message, "c.assay.so"));
}

TEST_CASE("a project is found by walking up") {
    const TemporaryFolder folder;
    folder.folder("work/.assay");
    folder.folder("work/src/deep");
    folder.write("work/src/.assay", "a file is no project folder");
    CHECK(find_project(folder.path() / "work/src/deep") == folder.path() / "work");
    CHECK(find_project(folder.path() / "work") == folder.path() / "work");
    CHECK_FALSE(find_project(folder.path()).has_value());
    CHECK_FALSE(find_project("/").has_value());
}

TEST_CASE("a usable entry is admitted to the store and others are not") {
    House house;
    house.plugin("work/.assay/plugins/a.assay.so", "org.example.a");
    house.places.project = house.folder.path() / "work";
    const Store store(house.folder.path() / "store");
    const auto untrusted = admit(store, house.open().entries()[0]);
    REQUIRE_FALSE(untrusted.ok());
    CHECK(untrusted.error().kind == ErrorKind::untrusted);
    house.allow_project();
    const Catalog catalog = house.open();
    REQUIRE(admit(store, catalog.entries()[0]).ok());
    // Rewritten between trust and load.
    house.plugin("work/.assay/plugins/a.assay.so", "org.example.evil");
    const auto changed = admit(store, catalog.entries()[0]);
    REQUIRE_FALSE(changed.ok());
    CHECK(changed.error().kind == ErrorKind::untrusted);
}

TEST_CASE("a warm list of twenty plugins reads none of them") {
    House house;
    for (int i = 0; i < 20; ++i) {
        ElfSpec spec;
        spec.manifests = {manifest_json("org.example.p" + std::to_string(i))};
        spec.ballast = std::string(500'000, 'x');
        house.folder.write("lib/p" + std::to_string(i) + ".assay.so", build_elf(spec));
    }
    house.install();
    house.options.hash_files = false;
    const fs::path file = house.folder.path() / "cache" / "files.json";
    // The files' stamps must be old enough to be told from a later change.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    const auto known = [&] {
        const auto text = read_file(file.string());
        std::size_t count = 0;
        for (std::size_t at = 0; text && (at = text->find("\"stamp\"", at)) != std::string::npos;
             ++at) {
            ++count;
        }
        return count;
    };
    while (known() < 20 && std::chrono::steady_clock::now() < deadline) {
        REQUIRE(house.open().entries().size() == 20);
    }
    REQUIRE(known() == 20);
    // Proof by a lie: the cache says another digest, and that is what a warm list tells.
    std::string text = read_file(file.string()).value();
    const std::string digest = house.open().entries()[0].sha256;
    for (std::size_t at = 0; (at = text.find(digest, at)) != std::string::npos;) {
        text.replace(at, digest.size(), std::string(64, '0'));
    }
    REQUIRE(write_file_atomically(file.string(), text).ok());
    const Catalog warm = house.open();
    CHECK(warm.entries()[0].sha256 == std::string(64, '0'));
    CHECK(warm.entries()[0].manifest.id == "org.example.p0");
    house.options.hash_files = true;
    CHECK(house.open().entries()[0].sha256 == digest);
}

TEST_CASE("folders of this user follow the XDG variables and ignore relative ones") {
    const char* before = std::getenv("XDG_CACHE_HOME");
    const std::string kept = before == nullptr ? "" : before;
    ::setenv("XDG_CACHE_HOME", "/x/cache", 1);
    CHECK(cache_folder() == "/x/cache/assay");
    CHECK(default_store_folder() == "/x/cache/assay/store");
    ::setenv("XDG_CACHE_HOME", "relative", 1);
    CHECK(cache_folder().is_absolute());
    CHECK(cache_folder().parent_path().filename() == ".cache");
    if (before == nullptr) {
        ::unsetenv("XDG_CACHE_HOME");
    } else {
        ::setenv("XDG_CACHE_HOME", kept.c_str(), 1);
    }
    CHECK(default_trust_folder().is_absolute());
}
