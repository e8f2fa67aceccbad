#include "catalog/unit.hpp"
#include "contains.hpp"
#include "elf_builder.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace assay;
using namespace assay::catalog;
using namespace assay::test;

namespace {

std::string library(std::vector<std::string> needed, std::string runpath, std::string rpath = {}) {
    ElfSpec spec;
    spec.needed = std::move(needed);
    spec.runpath = std::move(runpath);
    spec.rpath = std::move(rpath);
    return build_elf(spec);
}

std::vector<std::string> names(const std::filesystem::path& plugin) {
    const auto unit = find_unit(plugin);
    REQUIRE(unit.ok());
    std::vector<std::string> found;
    for (const UnitFile& file : unit->files) {
        found.push_back(file.name);
    }
    return found;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("a plugin alone is a unit of one file") {
    const TemporaryFolder folder;
    const auto plugin = folder.write("a.assay.so", library({"libc.so.6"}, "$ORIGIN"));
    CHECK(names(plugin) == Names{"a.assay.so"});
}

TEST_CASE("libraries are followed by ORIGIN through libraries") {
    const TemporaryFolder folder;
    folder.write("libone.so", library({"libtwo.so"}, "${ORIGIN}/deep"));
    folder.write("deep/libtwo.so", library({"libthree.so"}, ""));
    folder.write("deep/libthree.so", library({}, "")); // not found: libtwo has no path of its own
    const auto plugin = folder.write("a.assay.so", library({"libone.so"}, "$ORIGIN"));
    CHECK(names(plugin) == Names{"a.assay.so", "deep/libtwo.so", "libone.so"});
}

TEST_CASE("a circle of libraries ends") {
    const TemporaryFolder folder;
    folder.write("libone.so", library({"libtwo.so"}, "$ORIGIN"));
    folder.write("libtwo.so", library({"libone.so"}, "$ORIGIN"));
    const auto plugin = folder.write("a.assay.so", library({"libone.so"}, "$ORIGIN"));
    CHECK(names(plugin).size() == 3);
}

TEST_CASE("processor-level twins come along with the library and with their own needs") {
    const TemporaryFolder folder;
    folder.write("libk.so", library({}, ""));
    folder.write("glibc-hwcaps/x86-64-v3/libk.so", library({"libextra.so"}, "$ORIGIN"));
    folder.write("glibc-hwcaps/x86-64-v3/libextra.so", library({}, ""));
    folder.write("glibc-hwcaps/x86-64-v4/libk.so", library({}, ""));
    folder.write("glibc-hwcaps/x86-64-v4/libother.so", library({}, ""));
    const auto plugin = folder.write("a.assay.so", library({"libk.so"}, "$ORIGIN"));
    CHECK(names(plugin) == Names{"a.assay.so",
                                 "glibc-hwcaps/x86-64-v3/libextra.so",
                                 "glibc-hwcaps/x86-64-v3/libk.so",
                                 "glibc-hwcaps/x86-64-v4/libk.so",
                                 "libk.so"});
}

TEST_CASE("a library above the plugin keeps its place relative to it") {
    const TemporaryFolder folder;
    folder.write("lib/libk.so", library({}, ""));
    const auto plugin =
        folder.write("lib/assay/plugins/a.assay.so", library({"libk.so"}, "$ORIGIN:$ORIGIN/../.."));
    CHECK(names(plugin) == Names{"assay/plugins/a.assay.so", "libk.so"});
}

TEST_CASE("an old RPATH is obeyed only without RUNPATH and is inherited") {
    const TemporaryFolder folder;
    folder.write("libone.so", library({"libtwo.so"}, ""));
    folder.write("libtwo.so", library({}, ""));
    const auto plugin = folder.write("a.assay.so", library({"libone.so"}, "", "$ORIGIN"));
    CHECK(names(plugin) == Names{"a.assay.so", "libone.so", "libtwo.so"});
    const auto other =
        folder.write("b.assay.so", library({"libone.so"}, "$ORIGIN/none", "$ORIGIN"));
    CHECK(names(other) == Names{"b.assay.so"});
}

TEST_CASE("libraries that another path leads to are named as outside") {
    const TemporaryFolder folder;
    const auto elsewhere = folder.write("elsewhere/libk.so", library({}, ""));
    const auto plugin = folder.write(
        "a.assay.so", library({"libk.so", "/opt/libx.so"}, (folder.path() / "elsewhere").string()));
    const auto unit = find_unit(plugin);
    REQUIRE(unit.ok());
    CHECK(unit->files.size() == 1);
    CHECK(unit->outside == std::vector<std::filesystem::path>{"/opt/libx.so", elsewhere});
}

TEST_CASE("what is no library of this machine is passed over as the dynamic linker does") {
    const TemporaryFolder folder;
    folder.write("libk.so", "text");
    const auto plugin = folder.write("a.assay.so", library({"libk.so"}, "$ORIGIN"));
    CHECK(names(plugin) == Names{"a.assay.so", "libk.so"}); // copied, never followed
    const auto broken = folder.write("b.assay.so", "text");
    const auto unit = find_unit(broken);
    REQUIRE_FALSE(unit.ok());
    CHECK(unit.error().message == broken.string() + " is not an ELF file");
    CHECK(find_unit(folder.path() / "none.assay.so").error().kind == ErrorKind::io);
    CHECK(find_unit(folder.path() / "no" / "folder.assay.so").error().kind == ErrorKind::io);
}

TEST_CASE("a chain of too many libraries is refused") {
    const TemporaryFolder folder;
    for (int i = 0; i < 300; ++i) {
        folder.write("lib" + std::to_string(i) + ".so",
                     library({"lib" + std::to_string(i + 1) + ".so"}, "$ORIGIN"));
    }
    const auto unit = find_unit(folder.write("a.assay.so", library({"lib0.so"}, "$ORIGIN")));
    REQUIRE_FALSE(unit.ok());
    CHECK(contains(unit.error().message, "more than 256 libraries"));
}

TEST_CASE("the key depends on names and content and not on the place") {
    const TemporaryFolder one;
    const TemporaryFolder two;
    for (const TemporaryFolder* folder : {&one, &two}) {
        folder->write("libk.so", library({}, ""));
        folder->write("a.assay.so", library({"libk.so"}, "$ORIGIN"));
    }
    const auto key = [](const TemporaryFolder& folder) {
        auto unit = find_unit(folder.path() / "a.assay.so");
        REQUIRE(unit.ok());
        REQUIRE(hash_unit(*unit, nullptr).ok());
        return key_of(*unit);
    };
    CHECK(key(one).size() == 64);
    CHECK(key(one) == key(two));
    two.write("libk.so", library({}, "$ORIGIN"));
    CHECK(key(one) != key(two));
}

TEST_CASE(
    "the content of a unit is the same under another file name, and not with another library") {
    const TemporaryFolder folder;
    folder.write("libk.so", library({}, ""));
    folder.write("a.assay.so", library({"libk.so"}, "$ORIGIN"));
    folder.write("b.assay.so", library({"libk.so"}, "$ORIGIN"));
    const auto unit = [&](const char* name) {
        auto found = find_unit(folder.path() / name);
        REQUIRE(found.ok());
        REQUIRE(hash_unit(*found, nullptr).ok());
        return *found;
    };
    CHECK(key_of(unit("a.assay.so")) != key_of(unit("b.assay.so")));
    const std::string content = content_of(unit("a.assay.so"));
    CHECK(content == content_of(unit("b.assay.so")));
    folder.write("libk.so", library({}, "$ORIGIN"));
    CHECK(content != content_of(unit("a.assay.so")));
}
