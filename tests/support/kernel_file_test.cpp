#include "support/kernel_file.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

using namespace assay;

namespace fs = std::filesystem;

TEST_CASE("a file without a size is read until it ends") {
    const auto status = kernel_text("/proc/self/status");
    REQUIRE(status.has_value());
    CHECK(status->starts_with("Name:"));
    CHECK(kernel_line("/proc/self/status").starts_with("Name:"));
}

TEST_CASE("what is not there has no text and no line") {
    CHECK_FALSE(kernel_text("/proc/self/no_such_file").has_value());
    CHECK(kernel_line("/proc/self/no_such_file").empty());
    CHECK_FALSE(kernel_text("/proc").has_value()); // a folder
}

TEST_CASE("a limit cuts, and a pipe without a writer is not waited for") {
    std::string folder = (fs::temp_directory_path() / "assay-kernel-XXXXXX").string();
    REQUIRE(::mkdtemp(folder.data()) != nullptr);
    std::ofstream(folder + "/long") << std::string(100'000, 'x');
    CHECK(kernel_text(folder + "/long", 70'000)->size() == 70'000);
    CHECK(kernel_text(folder + "/long")->size() == 100'000);
    REQUIRE(::mkfifo((folder + "/pipe").c_str(), 0600) == 0);
    CHECK(kernel_text(folder + "/pipe").value_or("") == "");
    fs::remove_all(folder);
}
