// A folder of its own for one test, removed with everything in it.
//
//   const TemporaryFolder folder;
//   open_file_sink(folder.file("results.json"));
//
// One thread.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

struct TemporaryFolder {
    std::filesystem::path path;

    TemporaryFolder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "assay-report-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }

    [[nodiscard]] std::string file(const std::string& name) const { return (path / name).string(); }

    // Every file below it, relative, sorted; hidden ones too.
    [[nodiscard]] std::vector<std::string> entries() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
            names.push_back(std::filesystem::relative(entry.path(), path).string());
        }
        std::sort(names.begin(), names.end());
        return names;
    }
};
