#include "support/file.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

using namespace assay;

namespace {

struct TemporaryFolder {
    std::filesystem::path path;

    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "assay-file-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    ~TemporaryFolder() { std::filesystem::remove_all(path); }
};

} // namespace

TEST_CASE("a file is replaced whole and its folders are made") {
    const TemporaryFolder folder;
    const std::string path = (folder.path / "deep" / "er" / "x.txt").string();
    REQUIRE(write_file_atomically(path, "one").ok());
    REQUIRE(write_file_atomically(path, "two").ok());
    CHECK(read_file(path).value() == "two");
    std::size_t entries = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator(folder.path / "deep" / "er")) {
        ++entries;
    }
    CHECK(entries == 1);
}

TEST_CASE("reading names the path and the reason") {
    const auto missing = read_file("/nonexistent/x");
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().message == "cannot read /nonexistent/x: No such file or directory");
    CHECK_FALSE(read_file("/tmp").ok());
    const TemporaryFolder folder;
    const std::string path = (folder.path / "big").string();
    REQUIRE(write_file_atomically(path, "0123456789").ok());
    CHECK_FALSE(read_file(path, 9).ok());
}
