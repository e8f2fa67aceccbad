// CMake's links point down only: a target sees only what it links, so these are the arrows that
// count.
#include "dependence.hpp"
#include "source_tree.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace link_direction_test {

using namespace assay;
using namespace assay::guards;

namespace {

struct Command {
    std::string name;
    std::vector<std::string> arguments;
};

std::string without_comments(std::string_view text) {
    std::string kept;
    for (const std::string& line : split(text, '\n')) {
        kept += line.substr(0, line.find('#'));
        kept += ' ';
    }
    return kept;
}

// The commands of a CMake file: a name, then arguments up to the closing parenthesis.
std::vector<Command> commands_of(std::string_view cmake) {
    const std::string text = without_comments(cmake);
    std::vector<Command> commands;
    std::size_t position = 0;
    for (std::size_t open = text.find('('); open != std::string::npos;
         open = text.find('(', position)) {
        const std::size_t close = std::min(text.find(')', open), text.size());
        const auto before = trim(std::string_view(text).substr(position, open - position));
        Command command;
        command.name = split(before, ' ').back();
        for (const std::string& word : split(text.substr(open + 1, close - open - 1), ' ')) {
            if (!word.empty()) {
                command.arguments.push_back(word);
            }
        }
        commands.push_back(std::move(command));
        position = std::min(close + 1, text.size());
    }
    return commands;
}

// "assay::plan" and "assay_plan" -> "plan"; nothing for targets of others and for the build's own.
std::string own_library(const std::string& target) {
    for (const std::string_view prefix : {"assay::", "assay_"}) {
        if (target.starts_with(prefix)) {
            return target.substr(prefix.size());
        }
    }
    return {};
}

// All targets of this project that a folder's CMake file links.
std::vector<std::string> links_of(std::string_view cmake) {
    std::vector<std::string> links;
    for (const Command& command : commands_of(cmake)) {
        bool linking = command.name == "target_link_libraries";
        for (std::size_t i = linking ? 1 : 0; i < command.arguments.size(); ++i) {
            const std::string& word = command.arguments[i];
            if (word == "LINK" || word == "PRIVATE_LINK") {
                linking = true;
            } else if (word == "SOURCES") {
                linking = false;
            } else if (linking && !own_library(word).empty()) {
                links.push_back(own_library(word));
            }
        }
    }
    return links;
}

std::vector<std::string>
wrong_links(const std::string& path, std::string_view cmake, const std::set<std::string>& allowed) {
    std::vector<std::string> complaints;
    for (const std::string& link : links_of(cmake)) {
        if (allowed_below().contains(link) && !allowed.contains(link)) {
            complaints.push_back(path + " links assay::" + link);
        }
    }
    return complaints;
}

} // namespace

TEST_CASE("the host's libraries link only what stands below them") {
    std::vector<std::string> complaints;
    std::size_t seen = 0;
    for (const std::string& path : files_under("host", {"CMakeLists.txt"})) {
        const auto parts = split(path, '/');
        if (parts.size() < 3) {
            continue;
        }
        ++seen;
        const auto row = allowed_below().find(parts[1]);
        REQUIRE_MESSAGE(row != allowed_below().end(), path);
        for (std::string& complaint : wrong_links(path, read_source(path), row->second)) {
            complaints.push_back(std::move(complaint));
        }
        for (const std::string& link : links_of(read_source(path))) {
            if (link == "sdk") {
                complaints.push_back(path + " links assay::sdk: the host knows the C header only");
            }
        }
    }
    CHECK(seen >= 5);
    CHECK(listed(complaints) == "");
}

TEST_CASE("plugins and the SDK link no library of the host") {
    std::vector<std::string> complaints;
    for (const std::string folder : {"plugins", "sdk"}) {
        for (const std::string& path : files_under(folder, {"CMakeLists.txt", ".cmake"})) {
            for (std::string& complaint : wrong_links(path, read_source(path), {})) {
                complaints.push_back(std::move(complaint));
            }
        }
    }
    CHECK(listed(complaints) == "");
}

TEST_CASE("no folder is put on everybody's include path") {
    std::vector<std::string> complaints;
    for (const std::string& path : files_under("", {"CMakeLists.txt", ".cmake"})) {
        for (const Command& command : commands_of(read_source(path))) {
            if (command.name == "include_directories" || command.name == "link_libraries" ||
                command.name == "link_directories") {
                complaints.push_back(path + " calls " + command.name);
            }
        }
    }
    CHECK(listed(complaints) == "");
}

TEST_CASE("the guard over links sees a wrong arrow in every way of writing one") {
    const std::set<std::string> allowed{"plan", "support"};
    CHECK(
        wrong_links("x", "target_link_libraries(assay_plan PUBLIC assay::lanes)", allowed).size() ==
        1);
    CHECK(wrong_links("x", "target_link_libraries(assay_plan assay_catalog)", allowed).size() == 1);
    CHECK(wrong_links("x",
                      "assay_host_library(plan\n  SOURCES a.cpp\n  LINK assay::support # low\n"
                      "  PRIVATE_LINK assay::report\n)",
                      allowed)
              .size() == 1);
    CHECK(wrong_links("x", "assay_host_library(plan SOURCES a.cpp LINK assay::support)", allowed)
              .empty());
    CHECK(wrong_links("x", "# target_link_libraries(assay_plan assay::lanes)", allowed).empty());
}

} // namespace link_direction_test
