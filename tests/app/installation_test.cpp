#include "app/installation.hpp"
#include "environment_of.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace assay::app;
using assay::test::TemporaryFolder;

TEST_CASE("the parts are found around the program, wherever it was moved") {
    const TemporaryFolder folder;
    const auto prefix = folder.path() / "opt";
    std::filesystem::create_directories(prefix / "lib/assay/plugins");
    std::filesystem::create_directories(folder.path() / "data/assay/plugins");
    const Installation found = installation_around(
        prefix / "bin", environment_of({{"XDG_DATA_HOME", (folder.path() / "data").string()}}));
    CHECK(found.worker_program == prefix / "bin/assay-worker");
    CHECK(found.templates == prefix / "share/assay/templates");
    CHECK(found.gates == prefix / "share/assay/gates");
    CHECK(found.schemas == prefix / "share/assay/schemas");
    using Paths = std::vector<std::filesystem::path>;
    CHECK(found.plugin_folders ==
          Paths{prefix / "lib/assay/plugins", folder.path() / "data/assay/plugins"});
}

TEST_CASE("plugin folders that are not there are not looked into") {
    const TemporaryFolder folder;
    const Installation found =
        installation_around(folder.path() / "bin",
                            environment_of({{"HOME", folder.path().string()},
                                            {"XDG_DATA_HOME", "relative/is/ignored"}}));
    CHECK(found.plugin_folders.empty());
}
