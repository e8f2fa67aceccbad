#include "app/completion.hpp"
#include "app/help.hpp"
#include "app/reference.hpp"
#include "app/version.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sys/wait.h>

using namespace assay;
using namespace assay::app;

namespace {

// A file of the given text, removed with the object.
class TextFile {
public:
    explicit TextFile(const std::string& text) {
        const std::string pattern =
            (std::filesystem::temp_directory_path() / "assay-completion-XXXXXX").string();
        path_ = pattern;
        const int fd = ::mkstemp(path_.data());
        REQUIRE(fd >= 0);
        ::close(fd);
        std::ofstream(path_) << text;
    }

    TextFile(const TextFile&) = delete;
    TextFile& operator=(const TextFile&) = delete;

    ~TextFile() { std::filesystem::remove(path_); }

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

bool installed(const std::string& program) {
    return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

// What a shell command prints; its exit status must be 0.
std::string output_of(const std::string& command) {
    FILE* const pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    std::array<char, 4096> piece{};
    while (const std::size_t count = std::fread(piece.data(), 1, piece.size(), pipe)) {
        text.append(piece.data(), count);
    }
    const int status = ::pclose(pipe);
    CAPTURE(command);
    CAPTURE(text);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    return text;
}

void check_syntax(const std::string& shell, const std::string& script) {
    if (!installed(shell)) {
        MESSAGE("skipped: ", shell, " is not installed");
        return;
    }
    const TextFile file(script);
    CHECK(output_of(shell + " -n " + file.path() + " 2>&1").empty());
}

// Stands for the program in a script: the head of what it lists, and two importers.
constexpr const char* kListing = "assay() { printf 'importer,plugin\\nasv,a\\njmh,b\\n'; }\n";

// What bash offers behind these words.
std::string bash_offers(const std::string& words) {
    const TextFile file(kListing + bash_completion(command_table()) + "COMP_WORDS=(" + words +
                        ")\n"
                        "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                        "_assay\n"
                        "echo \"${COMPREPLY[*]}\"\n");
    return output_of("bash --norc " + file.path() + " 2>&1");
}

} // namespace

TEST_CASE("the bash script is valid bash") {
    check_syntax("bash", bash_completion(command_table()));
}

TEST_CASE("the zsh script is valid zsh") {
    check_syntax("zsh", zsh_completion(command_table()));
}

TEST_CASE("the fish script is valid fish") {
    check_syntax("fish", fish_completion(command_table()));
}

TEST_CASE("bash completes commands, options, values and words") {
    CHECK(bash_offers("assay ru") == "run\n");
    CHECK(bash_offers("assay -C x ru") == "run\n");
    CHECK(bash_offers("assay run --iso") == "--isolate\n");
    CHECK(bash_offers("assay run --isolate ''") == "suite case launch\n");
    CHECK(bash_offers("assay run --isolate = la") == "launch\n");
    CHECK(bash_offers("assay completion z") == "zsh\n");
    CHECK(bash_offers("assay new su") == "suite\n");
    CHECK(bash_offers("assay new suite x --lang r") == "rust\n");
    CHECK(bash_offers("assay --color ne") == "never\n");
}

TEST_CASE("bash offers the importers that are there, and the formats of an export") {
    CHECK(bash_offers("assay import ''") == "auto asv jmh\n");
    CHECK(bash_offers("assay import j") == "jmh\n");
    CHECK(bash_offers("assay import -q a") == "auto asv\n");
    CHECK(bash_offers("assay import --dry") == "--dry-run\n");
    CHECK(bash_offers("assay import auto a") == "\n"); // a file comes next
    CHECK(bash_offers("assay compare a b --importer ''") == "asv jmh\n");
    CHECK(bash_offers("assay gate --importer as") == "asv\n");
    CHECK(bash_offers("assay export goo") == "google-benchmark\n");
    CHECK(bash_offers("assay export openm") == "openmetrics\n");
}

TEST_CASE("zsh and fish ask the program for the importers, and know the formats of an export") {
    for (const std::string& script :
         {zsh_completion(command_table()), fish_completion(command_table())}) {
        CHECK(script.find("auto") != std::string::npos);
        CHECK(script.find("--importers") != std::string::npos);
        CHECK(script.find("--format csv") != std::string::npos);
        CHECK(script.find("github-action-benchmark") != std::string::npos);
    }
}

TEST_CASE("every script knows every command and every long option") {
    const std::vector<std::string> scripts = {bash_completion(command_table()),
                                              zsh_completion(command_table()),
                                              fish_completion(command_table())};
    for (const std::string& script : scripts) {
        for (const CommandSpec& command : command_table().commands) {
            for (const std::string& word : split(command.name, ' ')) {
                CHECK(script.find(word) != std::string::npos);
            }
            for (const OptionSpec& option : command.options) {
                CHECK(script.find(option.name.substr(2)) != std::string::npos);
            }
        }
    }
}

TEST_CASE("the command line reference in the repository is up to date") {
    const Result<std::string> kept =
        read_file(std::string(ASSAY_SOURCE_DIR) + "/host/app/cli-reference.md");
    REQUIRE(kept);
    const bool up_to_date = *kept == markdown_reference(command_table());
    CHECK_MESSAGE(up_to_date,
                  "run: build/dev/bin/assay help --all --format markdown > "
                  "host/app/cli-reference.md");
}

TEST_CASE("the man page has no warnings and names every command") {
    const std::string page = man_page(command_table(), kVersion);
    for (const CommandSpec& command : command_table().commands) {
        CHECK(page.find("\n.SS assay " + command.name) != std::string::npos);
    }
    if (!installed("groff")) {
        MESSAGE("skipped: groff is not installed");
        return;
    }
    const TextFile file(page);
    CHECK(output_of("groff -man -Tutf8 -ww -z " + file.path() + " 2>&1").empty());
}
