#include "app/project_configuration.hpp"
#include "app/project_template.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;
using assay::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

// A set of templates with one of them in it.
struct Templates {
    TemporaryFolder folder;

    Templates() {
        folder.write("cpp/suite/CMakeLists.txt", "assay_add_plugin(@NAME@ SOURCES @NAME@.cpp)\n");
        folder.write("cpp/suite/@NAME@.cpp",
                     "ASSAY_SUITE(\"@ID@\", \"@NAME@\") // @NAME@, @OTHER@\n");
        folder.write("cpp/suite/test/run", "#!/bin/sh\n");
        fs::permissions(folder.path() / "cpp/suite/test/run", fs::perms::owner_all);
    }

    [[nodiscard]] Result<std::vector<std::string>> make(const PluginTemplate& request,
                                                        const fs::path& into) const {
        return write_plugin_project(folder.path(), request, into);
    }
};

const PluginTemplate kGood{
    .kind = "suite", .language = "cpp", .name = "mine", .id = "org.example.mine"};

std::size_t entries_in(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

} // namespace

TEST_CASE("a template is copied with names filled in, in texts and in file names") {
    const Templates templates;
    const TemporaryFolder into;
    const auto files = templates.make(kGood, into.path());
    REQUIRE(files);
    CHECK(*files ==
          std::vector<std::string>{"mine/CMakeLists.txt", "mine/mine.cpp", "mine/test/run"});
    CHECK(into.read("mine/CMakeLists.txt") == "assay_add_plugin(mine SOURCES mine.cpp)\n");
    CHECK(into.read("mine/mine.cpp") ==
          "ASSAY_SUITE(\"org.example.mine\", \"mine\") // mine, @OTHER@\n");
    CHECK((fs::status(into.path() / "mine/test/run").permissions() & fs::perms::owner_exec) !=
          fs::perms::none);
    CHECK(entries_in(into.path()) == 1);
}

TEST_CASE("nothing is overwritten") {
    const Templates templates;
    const TemporaryFolder into;
    into.write("mine", "a file");
    const auto files = templates.make(kGood, into.path());
    REQUIRE_FALSE(files);
    CHECK(files.error().kind == ErrorKind::usage);
    CHECK(files.error().message.find("already there") != std::string::npos);
    CHECK(into.read("mine") == "a file");
    CHECK(entries_in(into.path()) == 1);
}

TEST_CASE("names that could not become a file, a target and a symbol are refused") {
    const Templates templates;
    const TemporaryFolder into;
    for (const std::string name :
         {"", "Mine", "1st", "a-b", "a.b", "../x", "a/b", "a b", "\xc3\xa9"}) {
        CAPTURE(name);
        PluginTemplate request = kGood;
        request.name = name;
        CHECK_FALSE(templates.make(request, into.path()));
    }
    for (const std::string id :
         {"", "mine", "org..mine", "org.Mine", ".org.x", "org.x.", "org.1"}) {
        CAPTURE(id);
        PluginTemplate request = kGood;
        request.id = id;
        CHECK_FALSE(templates.make(request, into.path()));
    }
    CHECK(entries_in(into.path()) == 0);
}

TEST_CASE("a template that is missing says which there are") {
    const Templates templates;
    const TemporaryFolder into;
    PluginTemplate request = kGood;
    request.language = "rust";
    const auto files = templates.make(request, into.path());
    REQUIRE_FALSE(files);
    CHECK(files.error().hint == "--lang may be cpp");
    request.kind = "reporter";
    const auto none = templates.make(request, into.path());
    REQUIRE_FALSE(none);
    CHECK(none.error().hint.find(templates.folder.path().string()) != std::string::npos);
}

TEST_CASE("a folder that cannot be written leaves nothing behind") {
    const Templates templates;
    const TemporaryFolder into;
    CHECK_FALSE(templates.make(kGood, into.path() / "absent"));
    CHECK(entries_in(into.path()) == 0);
}

TEST_CASE("a new project has a configuration that is valid and an ignored history") {
    const TemporaryFolder into;
    REQUIRE(write_project_folder(into.path()));
    CHECK(read_configuration(into.path() / ".assay/assay.json", into.path(), Obey::harmless).ok());
    CHECK(into.read(".assay/.gitignore").find("\nhistory.db*\nruns/\n") != std::string::npos);
    // A file in there would ask for trust before the first run.
    CHECK(fs::is_empty(into.path() / ".assay/plugins"));
    const auto again = write_project_folder(into.path());
    REQUIRE_FALSE(again);
    CHECK(again.error().kind == ErrorKind::usage);
}

TEST_CASE("the SDK's own templates are filled in completely") {
    const fs::path templates = fs::path(ASSAY_SOURCE_DIR) / "sdk/templates";
    std::size_t tried = 0;
    for (const std::string language : {"c", "cpp", "rust"}) {
        for (const std::string kind : {"suite", "reporter"}) {
            if (!fs::is_directory(templates / language / kind)) {
                continue;
            }
            CAPTURE(language);
            CAPTURE(kind);
            const TemporaryFolder into;
            PluginTemplate request = kGood;
            request.language = language;
            request.kind = kind;
            const auto files = write_plugin_project(templates, request, into.path());
            REQUIRE(files);
            for (const std::string& file : *files) {
                CAPTURE(file);
                CHECK(file.find('@') == std::string::npos);
                CHECK(into.read(file).find("@NAME@") == std::string::npos);
                CHECK(into.read(file).find("@ID@") == std::string::npos);
            }
            ++tried;
        }
    }
    CHECK(tried >= 4); // a suite in each language, and a reporter in C++
}
