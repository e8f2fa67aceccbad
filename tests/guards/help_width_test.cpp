// The help of every command fits a terminal of 80 columns and leads with an example: that
// is what most readers of a help text came for.
#include "source_tree.hpp"
#include "support/command.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace help_width_test {

using namespace assay;
using namespace assay::guards;

namespace {

constexpr std::size_t kColumns = 80;

std::string help_of(const std::string& command) {
    std::vector<std::string> argv{std::string(ASSAY_BUILD_DIR) + "/bin/assay"};
    for (const std::string& word : split(command, ' ')) {
        if (!word.empty()) {
            argv.push_back(word);
        }
    }
    argv.push_back("--help");
    const auto output = run_command(argv);
    REQUIRE_MESSAGE(output.ok(), argv.front() << ": " << output.error().message);
    CHECK_MESSAGE(output->exit_code == 0, "assay " << command << " --help");
    return output->text;
}

// Code points, because the help may hold an em dash; none of it is wider than one column.
std::size_t columns_of(std::string_view line) {
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

} // namespace

TEST_CASE("the help of every command fits 80 columns") {
    std::vector<std::string> complaints;
    for (const std::string command : {"",
                                      "run",
                                      "list",
                                      "check",
                                      "doctor",
                                      "new",
                                      "new suite",
                                      "new reporter",
                                      "new importer",
                                      "new project",
                                      "trust",
                                      "trust show",
                                      "trust add",
                                      "trust deny",
                                      "trust list",
                                      "completion"}) {
        const std::string help = help_of(command);
        CHECK_MESSAGE(help.size() > 100, "assay " << command << " --help says next to nothing");
        for (const std::string& line : split(help, '\n')) {
            if (columns_of(line) > kColumns) {
                complaints.push_back("assay " + command + " --help: " + line);
            }
        }
    }
    CHECK(listed(complaints) == "");
}

TEST_CASE("every command that the overview names has a help of its own") {
    for (const std::string command : {"run", "list", "check", "new", "trust", "completion"}) {
        CHECK_MESSAGE(help_of("").find(command) != std::string::npos, command);
        CHECK_MESSAGE(help_of(command).find("assay " + command) != std::string::npos, command);
    }
}

} // namespace help_width_test
