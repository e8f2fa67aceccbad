#include "processes.hpp"
#include "support/file.hpp"
#include "workers/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace assay::workers {

namespace fs = std::filesystem;

TEST_CASE("a scratch folder goes with everything in it but not what its links lead to") {
    const testing::TemporaryRoot root;
    const std::string outside = root.path() + "/outside.txt";
    REQUIRE(write_file_atomically(outside, "keep"));
    std::string path;
    {
        auto folder = ScratchFolder::make();
        REQUIRE(folder);
        path = folder->path();
        REQUIRE(write_file_atomically(path + "/a/b/c.txt", "x"));
        fs::create_symlink(outside, path + "/link");
        CHECK((fs::status(path).permissions() & fs::perms::others_all) == fs::perms::none);
    }
    CHECK_FALSE(fs::exists(path));
    CHECK(fs::exists(outside));
}

TEST_CASE("a borrowed folder is left alone") {
    const testing::TemporaryRoot root;
    { const auto folder = ScratchFolder::borrow(root.path()); }
    CHECK(fs::exists(root.path()));
}

TEST_CASE("a folder that cannot be made is an error with a hint") {
    const testing::TemporaryRoot root;
    ::setenv("TMPDIR", (root.path() + "/missing").c_str(), 1);
    const auto folder = ScratchFolder::make();
    REQUIRE_FALSE(folder);
    CHECK(folder.error().kind == ErrorKind::io);
    CHECK(folder.error().message.find("No such file") != std::string::npos);
    CHECK_FALSE(folder.error().hint.empty());
}

} // namespace assay::workers
