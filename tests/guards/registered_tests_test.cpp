// CTest runs what doctest has: a name with a semicolon becomes two CTest tests that pass without
// running anything.
#include "parallel_for_each.hpp"
#include "source_tree.hpp"
#include "support/command.hpp"
#include "support/json.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <set>

namespace registered_tests_test {

using namespace assay;
using namespace assay::guards;

namespace {

namespace fs = std::filesystem;

// name of the test program -> how many of its test cases CTest knows
std::map<std::string, std::size_t> registered_tests() {
    const auto listed_tests =
        run_command({"ctest", "--test-dir", ASSAY_BUILD_DIR, "--show-only=json-v1"},
                    {.timeout = std::chrono::seconds(60), .bytes_max = std::size_t{64} << 20});
    REQUIRE(listed_tests.ok());
    const auto document = parse_json(listed_tests->text);
    REQUIRE(document.ok());
    const json::value* tests = json_at(*document, "/tests");
    REQUIRE(tests != nullptr);
    std::map<std::string, std::size_t> counts;
    for (const json::value& test : tests->as_array()) {
        if (const json::value* program = json_at(test, "/command/0")) {
            ++counts[fs::path(program->as_string().c_str()).filename().string()];
        }
    }
    return counts;
}

std::vector<std::string> names_in(const std::string& program) {
    const auto output = run_command({program, "--list-test-cases", "--no-colors"},
                                    {.timeout = std::chrono::seconds(60)});
    std::vector<std::string> names;
    if (output && output->exit_code == 0) {
        for (const std::string& line : split(output->text, '\n')) {
            if (!line.empty() && !line.starts_with("[doctest]") && !line.starts_with("====")) {
                names.push_back(line);
            }
        }
    }
    return names;
}

std::vector<std::string> test_programs() {
    std::vector<std::string> programs;
    for (const auto& entry : fs::directory_iterator(fs::path(ASSAY_BUILD_DIR) / "tests")) {
        if (entry.is_regular_file() && entry.path().filename().string().starts_with("test_") &&
            entry.path().extension().empty()) {
            programs.push_back(entry.path().string());
        }
    }
    return programs;
}

} // namespace

TEST_CASE("CTest knows as many tests as doctest lists and none of their names has a semicolon") {
    const auto programs = test_programs();
    REQUIRE_FALSE(programs.empty());
    const auto registered = registered_tests();
    std::vector<std::vector<std::string>> names(programs.size());
    parallel_for_each(programs.size(), [&](std::size_t i) { names[i] = names_in(programs[i]); });
    std::vector<std::string> complaints;
    for (std::size_t i = 0; i < programs.size(); ++i) {
        const std::string program = fs::path(programs[i]).filename().string();
        const auto found = registered.find(program);
        const std::size_t known = found == registered.end() ? 0 : found->second;
        if (names[i].empty() || known != names[i].size()) {
            complaints.push_back(program + " lists " + std::to_string(names[i].size()) +
                                 " test cases, CTest knows " + std::to_string(known));
        }
        const std::set<std::string> unique(names[i].begin(), names[i].end());
        if (unique.size() != names[i].size()) {
            complaints.push_back(program + " has two test cases of one name");
        }
        for (const std::string& name : names[i]) {
            if (name.find(';') != std::string::npos) {
                complaints.push_back(program + ": semicolon in '" + name + "'");
            }
        }
    }
    CHECK(listed(complaints) == "");
}

TEST_CASE("no source names a test case with a semicolon") {
    std::vector<std::string> complaints;
    for (const std::string& path : files_under("tests", {".cpp"})) {
        for (const std::string& line : split(read_source(path), '\n')) {
            const std::size_t quote = line.find('"');
            if (line.starts_with("TEST_CASE") && quote != std::string::npos &&
                line.substr(quote, line.rfind('"') - quote).find(';') != std::string::npos) {
                complaints.push_back(path + ": " + line);
            }
        }
    }
    CHECK(listed(complaints) == "");
}

} // namespace registered_tests_test
