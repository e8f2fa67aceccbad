// What must hold for every row of the command table.
#include "app/command_table.hpp"
#include "app/command_words.hpp"
#include "app/help.hpp"
#include "app/parser.hpp"
#include "environment_of.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace assay;
using namespace assay::app;

namespace {

constexpr std::size_t kScreenLines = 60; // `run`, the longest, on a usual window

void check_shape(const std::string& text) {
    const std::vector<std::string> lines = split(text, '\n');
    CHECK(lines.size() <= kScreenLines);
    for (const std::string& line : lines) {
        CAPTURE(line);
        CHECK(line.size() <= kHelpColumns);
        CHECK((line.empty() || line.back() != ' '));
    }
}

} // namespace

TEST_CASE("every command does something and explains itself with an example first") {
    for (const CommandSpec& command : command_table().commands) {
        CAPTURE(command.name);
        CHECK(command.run != nullptr);
        CHECK_FALSE(command.summary.empty());
        REQUIRE_FALSE(command.examples.empty());
        const std::string text = help_text(command_table(), command);
        check_shape(text);
        CHECK(text.find("assay " + command.name) == 0);
        CHECK(text.find(command.examples.front()) < text.find("Usage:"));
        CHECK(text.find("Exit codes: 0 pass") != std::string::npos);
        for (const OptionSpec& option : command.options) {
            CHECK(text.find(option_words(option)) != std::string::npos);
        }
    }
}

TEST_CASE("the overview and the groups fit a screen and lead with examples") {
    const std::string overview = help_text(command_table());
    check_shape(overview);
    CHECK(overview.find("Examples:") < overview.find("Commands:"));
    for (const GroupSpec& group : command_table().groups) {
        const std::string text = help_text(command_table(), group);
        check_shape(text);
        CHECK(text.find("Examples:") < text.find("Commands:"));
    }
}

TEST_CASE("every example of every command is a command line that parses") {
    for (const CommandSpec& command : command_table().commands) {
        for (std::string example : command.examples) {
            CAPTURE(example);
            if (example.starts_with("eval \"$(")) {
                example = example.substr(8, example.size() - 10);
            }
            Result<std::vector<std::string>> words =
                command_words(example.substr(0, example.find(" >")));
            REQUIRE(words);
            REQUIRE(words->front() == "assay");
            words->erase(words->begin());
            const Result<Invocation> invocation =
                parse(command_table(), *words, environment_of({}));
            REQUIRE(invocation);
            CHECK(invocation->command == command.name);
        }
    }
}

TEST_CASE("an option of one name takes a value in every command or in none") {
    std::map<std::string, bool> flags;
    const auto check = [&flags](const std::vector<OptionSpec>& options) {
        for (const OptionSpec& option : options) {
            for (const std::string& name : {option.name, option.short_name}) {
                if (!name.empty()) {
                    CAPTURE(name);
                    CHECK(flags.try_emplace(name, option.is_flag()).first->second ==
                          option.is_flag());
                }
            }
        }
    };
    check(command_table().global_options);
    for (const CommandSpec& command : command_table().commands) {
        check(command.options);
    }
}

TEST_CASE("no command has an option twice, and none shadows a global one") {
    for (const CommandSpec& command : command_table().commands) {
        std::vector<std::string> names;
        for (const auto* options : {&command.options, &command_table().global_options}) {
            for (const OptionSpec& option : *options) {
                names.push_back(option.name);
                CHECK(option.name.starts_with("--"));
                CHECK_FALSE(option.help.empty());
                if (!option.short_name.empty()) {
                    names.push_back(option.short_name);
                    // The short options there are, by the style guide.
                    const std::vector<std::string> known = {"-h", "-q", "-v", "-j", "-o", "-C"};
                    CHECK(std::ranges::find(known, option.short_name) != known.end());
                }
            }
        }
        std::ranges::sort(names);
        CAPTURE(command.name);
        CHECK(std::ranges::adjacent_find(names) == names.end());
    }
}

TEST_CASE("every command of two words belongs to a group") {
    for (const CommandSpec& command : command_table().commands) {
        const std::size_t space = command.name.find(' ');
        if (space != std::string::npos) {
            CHECK(find_group(command_table(), command.name.substr(0, space)) != nullptr);
        }
    }
    for (const GroupSpec& group : command_table().groups) {
        CHECK_FALSE(commands_of(command_table(), group.name).empty());
        CHECK((group.default_command.empty() ||
               find_command(command_table(), group.default_command) != nullptr));
    }
}
