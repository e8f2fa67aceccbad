#include "support/file.hpp"
#include "support/unique_fd.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

using namespace assay;
using assay::test::TemporaryFolder;

TEST_CASE("a pipe or a device that is written to stays one, and a full one is said") {
    const TemporaryFolder folder;
    const std::string pipe = folder.file("pipe");
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const UniqueFd reader(::open(pipe.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    REQUIRE(write_file_atomically(pipe, "one").ok());
    char got[8] = {};
    CHECK(::read(reader.get(), got, sizeof got) == 3);
    CHECK(std::filesystem::is_fifo(pipe));
    const std::string link = folder.file("full"); // never a risk for the device of this machine
    std::filesystem::create_symlink("/dev/full", link);
    CHECK_FALSE(write_file_atomically(link, "one").ok());
    CHECK(std::filesystem::is_symlink(link));
}

TEST_CASE("a file is replaced whole and its folders are made") {
    const TemporaryFolder folder;
    const std::string path = folder.file("deep/er/x.txt");
    REQUIRE(write_file_atomically(path, "one").ok());
    REQUIRE(write_file_atomically(path, "two").ok());
    CHECK(read_file(path).value() == "two");
    std::size_t entries = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator(folder.path() / "deep" / "er")) {
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
    const std::string path = folder.file("big");
    REQUIRE(write_file_atomically(path, "0123456789").ok());
    CHECK_FALSE(read_file(path, 9).ok());
}
