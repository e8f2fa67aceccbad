// What README.md tells people to type works. Its fenced blocks marked `console` are run, one shell
// per block, every line that begins with `$ `; all but the two set-up commands, which build this
// very tree.
//
// A block runs in a folder of its own that looks like the checkout: everything is there by link,
// `build/<preset>` is the build under test, and what is written stays in that folder.
#include "source_tree.hpp"
#include "support/command.hpp"
#include "support/text.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace readme_commands_test {

using namespace assay;
using namespace assay::guards;
using assay::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

struct Block {
    std::size_t line = 0;
    std::string script;
};

bool is_setup(std::string_view command) {
    return command.starts_with("./tools/quickstart") || command.starts_with("./tools/test");
}

// The commands of the console blocks; a line that ends in a backslash goes on in the next one.
std::vector<Block> console_blocks(std::string_view markdown) {
    std::vector<Block> blocks;
    bool inside = false, continued = false;
    std::size_t number = 0;
    for (const std::string& line : split(markdown, '\n')) {
        ++number;
        if (line.starts_with("```")) {
            inside = !inside && line.starts_with("```console");
            continued = false;
            if (inside) {
                blocks.push_back({number, {}});
            }
            continue;
        }
        const bool command = inside && line.starts_with("$ ");
        if (inside && (command || continued)) {
            const std::string text = command ? line.substr(2) : line;
            if (!is_setup(text)) {
                blocks.back().script += text + "\n";
            }
            continued = text.ends_with('\\');
        }
    }
    std::erase_if(blocks, [](const Block& block) { return block.script.empty(); });
    return blocks;
}

void link_checkout(const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator(ASSAY_SOURCE_DIR)) {
        const std::string name = entry.path().filename().string();
        if (name != "build" && name != ".git" && name != "assay-report") {
            fs::create_symlink(entry.path(), folder / name);
        }
    }
    fs::create_directory(folder / "build");
    for (const char* preset : {"release", "dev"}) {
        fs::create_symlink(ASSAY_BUILD_DIR, folder / "build" / preset);
    }
}

std::string run_block(const std::string& script) {
    const TemporaryFolder folder;
    link_checkout(folder.path());
    const std::string path =
        "PATH=\"" + std::string(ASSAY_BUILD_DIR) + "/bin:$PATH\"; export PATH\n";
    const std::string home = "HOME=$PWD/.home; mkdir \"$HOME\"; export HOME\nexec 2>&1\nset -e\n";
    const auto output =
        run_command({"sh", "-c", path + home + script},
                    {.folder = folder.path().string(), .timeout = std::chrono::seconds(110)});
    if (!output) {
        return output.error().message;
    }
    return output->exit_code == 0
               ? std::string{}
               : "exit " + std::to_string(output->exit_code) + "\n" + output->text;
}

} // namespace

TEST_CASE("every command of the README works but for the two that set up") {
    for (const Block& block : console_blocks(read_source("README.md"))) {
        CAPTURE(block.line);
        CAPTURE(block.script);
        CHECK(run_block(block.script) == "");
    }
}

TEST_CASE("the README shows the two set-up commands") {
    const std::string readme = read_source("README.md");
    CHECK(readme.find("./tools/quickstart") != std::string::npos);
    CHECK(readme.find("./tools/test") != std::string::npos);
}

TEST_CASE("only console blocks are run and a command that fails is noticed") {
    const auto blocks = console_blocks("```sh\n$ false\n```\n"
                                       "```console\n$ ./tools/quickstart\n```\n"
                                       "```console\n$ echo a \\\n    b\noutput\n$ true\n```\n");
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].line == 7);
    CHECK(blocks[0].script == "echo a \\\n    b\ntrue\n");
    CHECK(run_block(blocks[0].script) == "");
    CHECK(run_block("echo said; exit 3") == "exit 3\nsaid\n");
    CHECK(run_block("false\ntrue") != "");
}

} // namespace readme_commands_test
