// Every header can be included first and alone. One that is the first include of its own .cpp is
// proven by the build; the others are compiled here, once each, through ccache where there is one
// and from a place that does not change, so that a second run costs next to nothing.
#include "parallel_for_each.hpp"
#include "source_tree.hpp"
#include "support/command.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

namespace header_alone_test {

using namespace assay;
using namespace assay::guards;
using assay::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

std::vector<std::string> include_roots() {
    std::vector<std::string> flags{"-I" + std::string(ASSAY_SOURCE_DIR) + "/sdk/include"};
    for (const fs::path& root :
         {fs::path(ASSAY_BUILD_DIR) / "include", fs::path(ASSAY_BUILD_DIR) / "generated"}) {
        if (fs::is_directory(root)) {
            for (const auto& entry : fs::directory_iterator(root)) {
                flags.push_back("-I" + entry.path().string());
            }
        }
    }
    return flags;
}

// How others include it.
std::string include_line(const std::string& path) {
    if (path.starts_with("sdk/include/")) {
        return "#include <" + path.substr(12) + ">\n";
    }
    return "#include \"" + path.substr(5) + "\"\n"; // "host/plan/plan.hpp" -> "plan/plan.hpp"
}

// "host/plan/order.cpp" includes "plan/order.hpp" before anything else.
bool leads_its_source(const std::string& header) {
    const std::string source = header.substr(0, header.size() - 3) + "cpp";
    if (!exists_in_source(source)) {
        return false;
    }
    const auto includes = includes_of(read_source(source));
    return !includes.empty() && includes.front().quoted &&
           includes.front().target == header.substr(5);
}

// What the compiler said, or nothing. Standard error goes where run_command keeps it.
std::string compile(const fs::path& source, const std::vector<std::string>& includes) {
    std::vector<std::string> command{"sh",
                                     "-c",
                                     "exec \"$@\" 2>&1",
                                     "sh",
                                     ASSAY_COMPILER_LAUNCHER,
                                     ASSAY_CXX_COMPILER,
                                     "-std=c++20",
                                     "-Wall",
                                     "-Wextra",
                                     "-DBOOST_DLL_USE_STD_FS"};
    if (std::string_view(ASSAY_COMPILER_LAUNCHER).empty()) {
        command.erase(command.begin() + 4);
    }
    command.insert(command.end(), includes.begin(), includes.end());
    const fs::path object = fs::path(source).replace_extension(".o");
    for (const std::string& word :
         {std::string("-c"), source.string(), std::string("-o"), object.string()}) {
        command.push_back(word);
    }
    const auto result = run_command(command, {.timeout = std::chrono::seconds(100)});
    if (!result) {
        return result.error().message;
    }
    return result->exit_code == 0 ? std::string{} : result->text;
}

// ccache takes a file that was written a moment ago for one that may still change.
void write_if_new(const fs::path& path, const std::string& text) {
    const auto before = read_file(path.string());
    if (!before || *before != text) {
        std::ofstream(path) << text;
    }
}

std::string compile_header(const std::string& text, const std::string& name) {
    const TemporaryFolder folder;
    const fs::path source = folder.path() / (name + ".cpp");
    std::ofstream(source) << text;
    return compile(source, include_roots());
}

} // namespace

TEST_CASE("every header of the host and the SDK can be included first and alone") {
    std::vector<std::string> headers = files_under("sdk/include", {".hpp", ".h"});
    std::size_t proven = 0;
    for (const std::string& path : files_under("host", {".hpp"})) {
        if (leads_its_source(path)) {
            ++proven;
        } else {
            headers.push_back(path);
        }
    }
    CHECK(proven > 10);
    const fs::path folder = fs::path(ASSAY_BUILD_DIR) / "tests" / "headers_alone";
    fs::create_directories(folder);
    const std::vector<std::string> includes = include_roots();
    std::vector<std::string> complaints(headers.size());
    parallel_for_each(headers.size(), [&](std::size_t i) {
        const fs::path source = folder / (percent_encode(headers[i]) + ".cpp");
        write_if_new(source, include_line(headers[i]));
        if (const std::string said = compile(source, includes); !said.empty()) {
            complaints[i] = headers[i] + ":\n" + said;
        }
    });
    std::erase(complaints, "");
    CHECK(listed(complaints) == "");
}

TEST_CASE("a header that needs another one before it is noticed") {
    CHECK(compile_header("#include <vector>\nstd::vector<int> v;\n", "complete") == "");
    CHECK(compile_header("std::vector<int> v;\n", "needy").find("vector") != std::string::npos);
}

} // namespace header_alone_test
