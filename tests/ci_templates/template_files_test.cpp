// The workflow templates as files: GitHub's own parser, what this project asks beyond it,
// shellcheck.
#include "template_machine.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

namespace template_files_test {

using namespace ci_templates;
using namespace integration;

namespace fs = std::filesystem;

namespace {

// What is said against the template with `from` replaced by `to`, which must be in it.
std::string said_against(const fs::path& file, const std::string& from, const std::string& to) {
    const Sandbox box;
    fs::copy_file(file, box.folder() / "whole.yml");
    std::string text = box.read("whole.yml");
    const auto at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    box.write("broken.yml", text.replace(at, from.size(), to));
    const Ended ended = node({"check_workflow.mjs", (box.folder() / "broken.yml").string()});
    CHECK(ended.exit_code == 1);
    return ended.out;
}

bool says(const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

} // namespace

TEST_CASE("every workflow template fits GitHub's schema and the rules of this project") {
    if (!can_run_templates()) {
        return;
    }
    for (const fs::path& file : templates()) {
        CAPTURE(file);
        const Ended ended = node({"check_workflow.mjs", file.string()});
        CHECK_MESSAGE(ended.exit_code == 0, ended.out << ended.err);
    }
}

TEST_CASE("a template with a wrong key, type, context, cron, action or expression is refused") {
    if (!can_run_templates()) {
        return;
    }
    const fs::path nightly = templates()[0];
    const fs::path pull = templates()[2];
    CHECK(says(said_against(pull, "runs-on:", "run-on:"), "Unexpected value 'run-on'"));
    CHECK(says(said_against(pull, "timeout-minutes: 90", "timeout-minutes: long"), "'long'"));
    CHECK(says(said_against(pull, "${{ steps.assay", "${{ stepz.assay"), "stepz"));
    CHECK(says(said_against(nightly, "cron: '0 2", "cron: '0 77"), "cron"));
    CHECK(says(said_against(nightly, "actions/cache@v4", "someone/cache@v4"), "only actions/*"));
    CHECK(says(said_against(nightly, "actions/cache@v4", "actions/cache@main"), "only actions/*"));
    CHECK(says(said_against(pull, "apt-get update", "echo ${{ github.head_ref }}"), "use env:"));
    CHECK(says(said_against(pull, "permissions:\n  contents: read", "run-name: x"), "permissions"));
}

TEST_CASE("shellcheck has nothing to say about the shell of the templates") {
    if (!can_run_templates()) {
        return;
    }
    const std::string shellcheck = ASSAY_SHELLCHECK;
    if (shellcheck.empty()) {
        MESSAGE("skipped: shellcheck is not installed (tools/install-packages test)");
        return;
    }
    const Sandbox box;
    std::vector<std::string> words{"run_blocks.mjs", (box.folder() / "blocks").string()};
    for (const fs::path& file : templates()) {
        words.push_back(file.string());
    }
    const Ended blocks = node(words);
    REQUIRE(blocks.exit_code == 0);
    CHECK(std::ranges::count(blocks.out, '\n') >= 20);
    std::vector<std::string> argv{shellcheck};
    for (const auto& block : fs::directory_iterator(box.folder() / "blocks")) {
        argv.push_back(block.path().string());
    }
    const Ended ended = run_program(argv);
    CHECK_MESSAGE(ended.exit_code == 0, ended.out << ended.err);
}

} // namespace template_files_test
