// The library as a file: what it shows, what it needs, and the example that is built against it.
#include "outside.hpp"
#include "support/command.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace assay;
using namespace assay::test;

namespace {

std::vector<std::string> lines_of(const std::vector<std::string>& command) {
    const auto ran = run_command(command, {.bytes_max = std::size_t{16} << 20});
    REQUIRE(ran.ok());
    REQUIRE(ran->exit_code == 0);
    return split(ran->text, '\n');
}

// "... (NEEDED) Shared library: [libpq.so.5]" -> "libpq.so.5"
std::set<std::string> dynamic_entries(const std::string& tag) {
    std::set<std::string> names;
    for (const std::string& line : lines_of({"readelf", "-dW", installed_library().string()})) {
        if (has(line, tag)) {
            const std::size_t open = line.find('[');
            names.insert(line.substr(open + 1, line.find(']') - open - 1));
        }
    }
    return names;
}

} // namespace

TEST_CASE("the installed library shows the names of its header alone") {
    std::size_t shown = 0;
    for (const std::string& line :
         lines_of({"nm", "-D", "-C", "--defined-only", installed_library().string()})) {
        if (line.empty()) {
            continue;
        }
        ++shown;
        INFO(line);
        CHECK(has(line, " assay::recorded::"));
        CHECK_FALSE(has(line, "Opened"));
    }
    CHECK(shown >= 15);
}

TEST_CASE("the installed library needs no oneTBB, no Boost and no library of the host") {
    const std::set<std::string> needed = dynamic_entries("(NEEDED)");
    CHECK(needed.contains("libsqlite3.so.0"));
    CHECK(needed.contains("libpq.so.5") == ASSAY_KNOWS_POSTGRES);
    for (const std::string& name : needed) {
        CAPTURE(name);
        CHECK_FALSE(has(name, "tbb"));
        CHECK_FALSE(has(name, "boost"));
        CHECK_FALSE(has(name, "assay"));
    }
    CHECK(dynamic_entries("(SONAME)") ==
          std::set<std::string>{std::string("libassay-history.so.") + ASSAY_VERSION_MAJOR});
    CHECK(dynamic_entries("PATH)").empty());
}

TEST_CASE("what it installs is its header, its library and its part of the package") {
    namespace fs = std::filesystem;
    const fs::path prefix = ASSAY_OUTSIDE_PREFIX;
    CHECK(fs::exists(prefix / "include/assay/history.hpp"));
    CHECK(fs::exists(prefix / ASSAY_LIBDIR / "cmake/assay/assayHistoryTargets.cmake"));
    CHECK_FALSE(fs::exists(prefix / "bin")); // the component alone: no host
    const auto header = read_file((prefix / "include/assay/history.hpp").string());
    REQUIRE(header.ok());
    for (const std::string& line : split(*header, '\n')) {
        if (line.starts_with("#include")) {
            CHECK(line.starts_with("#include <"));
            CHECK_FALSE(has(line, "/"));
        }
    }
}

TEST_CASE("the program of the README is the example and prints what the README shows") {
    const auto readme = read_file(std::string(ASSAY_SOURCE_DIR) + "/host/library/README.md");
    const auto program =
        read_file(std::string(ASSAY_SOURCE_DIR) + "/examples/history/history_report.cpp");
    REQUIRE((readme.ok() && program.ok()));
    CHECK(has(*readme, "```cpp\n" + *program + "```\n"));
    const ToldProject project;
    project.record_all({8.00, 8.05, 7.97, 8.02, 7.99, 8.04, 8.01, 12.0});
    const std::string history = project.file(".assay/history.db").string();
    const auto slower = integration::run_program({ASSAY_OUTSIDE_EXAMPLE, history});
    CHECK(slower.exit_code == 1);
    INFO(slower.out);
    CHECK(has(*readme, "```\n" + slower.out + "```\n"));
    project.record(told(9, 8.0));
    CHECK(integration::run_program({ASSAY_OUTSIDE_EXAMPLE, history}).exit_code == 0);
    const auto none = integration::run_program({ASSAY_OUTSIDE_EXAMPLE, history + "x"});
    CHECK(none.exit_code == 2);
    CHECK(has(none.err, "error: there is no history at "));
}
