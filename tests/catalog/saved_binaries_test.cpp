#include "catalog/saved_binaries.hpp"
#include "elf_builder.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>

using namespace assay;
using namespace assay::catalog;
using namespace assay::test;

namespace {

namespace fs = std::filesystem;

struct SavingProject {
    TemporaryFolder folder;
    fs::path root = folder.path() / "binaries";
    fs::path project = folder.path() / "project";
    fs::path plugin = folder.write("build/a.assay.so", elf("org.example.a"));

    static std::string elf(const std::string& id) {
        ElfSpec spec;
        spec.manifests = {manifest_json(id)};
        return build_elf(spec);
    }

    [[nodiscard]] SavedBinaries binaries() const { return {root, project}; }

    [[nodiscard]] SavedBuild build(const std::string& name) const {
        return {
            .name = name,
            .saved = "2026-11-20T12:00:00.000Z",
            .git = {{"sha", "abc"}},
            .plugins = {{.id = "org.example.a", .version = "1.0.0", .sha256 = {}, .path = plugin}}};
    }
};

} // namespace

TEST_CASE("a build is kept although its file changes afterwards") {
    const SavingProject shop;
    const auto saved = shop.binaries().save(shop.build("main"));
    REQUIRE(saved.ok());
    fs::remove(shop.plugin);
    const auto found = shop.binaries().find("main");
    REQUIRE(found.ok());
    REQUIRE(found->plugins.size() == 1);
    CHECK(found->plugins[0].id == "org.example.a");
    CHECK(found->plugins[0].sha256 == saved->plugins[0].sha256);
    CHECK(fs::exists(found->plugins[0].path));
    CHECK(found->saved == "2026-11-20T12:00:00.000Z");
    CHECK(json_string(found->git, "sha") == "abc");
}

TEST_CASE("a name moves to what is saved under it last, other names stay") {
    const SavingProject shop;
    const auto first = shop.binaries().save(shop.build("main"));
    REQUIRE(shop.binaries().save(shop.build("v1")).ok());
    std::ofstream(shop.plugin, std::ios::binary) << SavingProject::elf("org.example.b");
    const auto second = shop.binaries().save(shop.build("main"));
    REQUIRE(second.ok());
    CHECK(second->plugins[0].sha256 != first->plugins[0].sha256);
    CHECK(shop.binaries().find("main")->plugins[0].sha256 == second->plugins[0].sha256);
    CHECK(shop.binaries().find("v1")->plugins[0].sha256 == first->plugins[0].sha256);
    CHECK(shop.binaries().all()->size() == 2);
}

TEST_CASE("names belong to one project") {
    const SavingProject shop;
    REQUIRE(shop.binaries().save(shop.build("main")).ok());
    const SavedBinaries other(shop.root, shop.folder.path() / "elsewhere");
    CHECK(other.all()->empty());
    const auto missing = other.find("main");
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().kind == ErrorKind::missing);
    CHECK(missing.error().hint.find("assay baseline save main") != std::string::npos);
}

TEST_CASE("a name that is not known is answered with the nearest") {
    const SavingProject shop;
    REQUIRE(shop.binaries().save(shop.build("main")).ok());
    const auto missing = shop.binaries().find("mian");
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().message.find("main") != std::string::npos);
}

TEST_CASE("a name that could be mistaken for something else is refused") {
    const SavingProject shop;
    for (const std::string& name :
         std::initializer_list<std::string>{"", "a b", "@main", "x\n", std::string(101, 'a')}) {
        CAPTURE(name);
        const auto saved = shop.binaries().save(shop.build(name));
        REQUIRE_FALSE(saved.ok());
        CHECK(saved.error().kind == ErrorKind::usage);
    }
}

TEST_CASE("a saved build whose file is gone is an error that says how to save it again") {
    const SavingProject shop;
    const auto saved = shop.binaries().save(shop.build("main"));
    REQUIRE(saved.ok());
    fs::remove_all(saved->plugins[0].path.parent_path());
    const auto found = shop.binaries().find("main");
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().kind == ErrorKind::io);
}

TEST_CASE("a damaged index is named, and a folder that others can write to is not believed") {
    const SavingProject shop;
    REQUIRE(shop.binaries().save(shop.build("main")).ok());
    SUBCASE("damaged") {
        for (const auto& entry : fs::directory_iterator(shop.root / "projects")) {
            std::ofstream(entry.path()) << "{";
        }
        const auto all = shop.binaries().all();
        REQUIRE_FALSE(all.ok());
        CHECK(all.error().kind == ErrorKind::config);
    }
    SUBCASE("open to others") {
        REQUIRE(::chmod(shop.root.c_str(), 0777) == 0);
        const auto all = shop.binaries().all();
        REQUIRE_FALSE(all.ok());
        CHECK(all.error().kind == ErrorKind::untrusted);
    }
}
