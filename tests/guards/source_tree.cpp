#include "source_tree.hpp"

#include "support/command.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace assay::guards {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kNotSource{".git", "build", "assay-report"};

// For a tree that was unpacked from an archive, where git knows nothing.
std::vector<std::string> walk() {
    std::vector<std::string> paths;
    const fs::path root(ASSAY_SOURCE_DIR);
    for (auto entry = fs::recursive_directory_iterator(root);
         entry != fs::recursive_directory_iterator();
         ++entry) {
        const std::string name = entry->path().filename().string();
        if (std::find(kNotSource.begin(), kNotSource.end(), name) != kNotSource.end()) {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file()) {
            paths.push_back(entry->path().lexically_relative(root).string());
        }
    }
    return paths;
}

std::vector<std::string> list_files() {
    const auto git =
        run_command({"git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"},
                    {.folder = ASSAY_SOURCE_DIR});
    std::vector<std::string> paths = git && git->exit_code == 0 ? split(git->text, '\0') : walk();
    std::erase_if(paths, [](const std::string& path) {
        return path.empty() || !fs::is_regular_file(fs::path(ASSAY_SOURCE_DIR) / path);
    });
    std::sort(paths.begin(), paths.end());
    return paths;
}

} // namespace

const std::vector<std::string>& source_files() {
    static const std::vector<std::string> files = list_files();
    return files;
}

std::vector<std::string> files_under(std::string_view folder,
                                     const std::vector<std::string_view>& endings) {
    const std::string prefix = folder.empty() ? std::string{} : std::string(folder) + "/";
    std::vector<std::string> files;
    for (const std::string& path : source_files()) {
        const bool wanted = endings.empty() ||
                            std::any_of(endings.begin(), endings.end(), [&](std::string_view end) {
                                return path.ends_with(end);
                            });
        if (wanted && path.starts_with(prefix)) {
            files.push_back(path);
        }
    }
    return files;
}

std::string read_source(const std::string& path) {
    const auto text = read_file(std::string(ASSAY_SOURCE_DIR) + "/" + path);
    REQUIRE_MESSAGE(text.ok(), path);
    return *text;
}

bool exists_in_source(const std::string& path) {
    return fs::exists(fs::path(ASSAY_SOURCE_DIR) / path);
}

std::vector<Include> includes_of(std::string_view text) {
    std::vector<Include> includes;
    std::size_t number = 0;
    for (const std::string& line : split(text, '\n')) {
        ++number;
        std::string_view rest = trim(line);
        if (!rest.starts_with('#')) {
            continue;
        }
        rest = trim(rest.substr(1));
        if (!rest.starts_with("include")) {
            continue;
        }
        rest = trim(rest.substr(7));
        const char close = rest.starts_with('"') ? '"' : '>';
        const std::size_t end = rest.find(close, 1);
        if ((rest.starts_with('"') || rest.starts_with('<')) && end != std::string_view::npos) {
            includes.push_back({number, close == '"', std::string(rest.substr(1, end - 1))});
        }
    }
    return includes;
}

std::string listed(const std::vector<std::string>& complaints) {
    return join(complaints, "\n");
}

} // namespace assay::guards
