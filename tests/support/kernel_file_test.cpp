#include "support/kernel_file.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace assay;
using assay::test::TemporaryFolder;

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
    const TemporaryFolder folder;
    const std::string file = folder.write("long", std::string(100'000, 'x')).string();
    const std::string pipe = folder.file("pipe");
    CHECK(kernel_text(file, 70'000)->size() == 70'000);
    CHECK(kernel_text(file)->size() == 100'000);
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(kernel_text(pipe).value_or("") == "");
}
