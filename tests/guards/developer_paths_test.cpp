// No file of the project knows where somebody's checkout lies.
#include "source_tree.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <regex>

namespace developer_paths_test {

using namespace assay;
using namespace assay::guards;

namespace {

// std::regex recurses per character; a line longer than this was not typed by anybody.
constexpr std::size_t kLineBytesMax = 4096;

// Folders that every machine has say nothing about a developer's one.
bool is_everywhere(const std::string& folder) {
    for (const std::string_view shared :
         {"", "/", "/tmp", "/usr", "/usr/src", "/usr/local", "/var/tmp", "/opt", "/srv", "/mnt"}) {
        if (folder == shared) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> developer_folders() {
    std::vector<std::string> folders;
    const std::filesystem::path source(ASSAY_SOURCE_DIR);
    std::vector<std::string> here{source.string(), source.parent_path().string()};
    if (const char* home = std::getenv("HOME")) {
        here.emplace_back(home);
    }
    for (const std::string& folder : here) {
        if (!is_everywhere(folder)) {
            folders.push_back(folder + "/");
        }
    }
    return folders;
}

// The folder of somebody with a name; "me", "you" and "user" are nobody.
bool names_a_person(std::string_view line) {
    static const std::regex person("/(home|Users)/(?!(me|you|user)\\b)[A-Za-z0-9_]");
    return std::regex_search(line.begin(), line.end(), person);
}

bool is_text(std::string_view bytes) {
    return bytes.find('\0') == std::string_view::npos;
}

} // namespace

TEST_CASE("no tracked file names a folder of a developer's machine") {
    const auto folders = developer_folders();
    std::vector<std::string> complaints;
    for (const std::string& path : source_files()) {
        const std::string text = read_source(path);
        if (!is_text(text)) {
            continue;
        }
        std::size_t number = 0;
        for (const std::string& line : split(text, '\n')) {
            ++number;
            for (const std::string& folder : folders) {
                if (line.find(folder) != std::string::npos) {
                    complaints.push_back(path + ":" + std::to_string(number) + " names " + folder);
                }
            }
            if (line.size() < kLineBytesMax && names_a_person(line)) {
                complaints.push_back(path + ":" + std::to_string(number) + ": " + line);
            }
        }
    }
    CHECK(listed(complaints) == "");
}

TEST_CASE("a person's folder is noticed and an example's is not") {
    CHECK(names_a_person(std::string("see /ho") + "me/anna/project"));
    CHECK(names_a_person(std::string("see /Us") + "ers/anna"));
    CHECK_FALSE(names_a_person(std::string("/ho") + "me/me/project"));
    CHECK_FALSE(names_a_person("at home/office"));
}

} // namespace developer_paths_test
