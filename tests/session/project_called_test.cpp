// What a project is called.
#include "app/session/project_called.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace assay;

TEST_CASE("the configuration goes before the remote and that before the folder") {
    const test::TemporaryFolder folder;
    const std::filesystem::path root = folder.path() / "here";
    std::filesystem::create_directories(root / ".git");
    std::filesystem::create_directories(root / "src" / "deep");
    const json::object remote{{"repo_url", "git@example.org:people/router.git"}};
    const json::object none{{"repo_url", nullptr}};
    CHECK(app::project_called("mine", remote, root) == "mine");
    CHECK(app::project_called("", remote, root) == "router");
    CHECK(app::project_called("", none, root) == "here");
    CHECK(app::project_called("", none, root / "src" / "deep") == "here");
    std::filesystem::create_directories(root / "src" / ".assay");
    CHECK(app::project_called("", none, root / "src" / "deep") == "src");
}
