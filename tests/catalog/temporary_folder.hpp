// A folder of its own for every test, gone with it.
#pragma once

#include "support/file.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/stat.h>

namespace assay::test {

struct TemporaryFolder {
    std::filesystem::path path;

    TemporaryFolder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "assay-catalog-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = std::filesystem::canonical(name);
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }

    // Writes a file below the folder and returns its path.
    std::filesystem::path write(const std::string& name, std::string_view bytes) const {
        const std::filesystem::path file = path / name;
        REQUIRE(write_file_atomically(file.string(), bytes).ok());
        return file;
    }

    std::filesystem::path folder(const std::string& name) const {
        std::filesystem::create_directories(path / name);
        return path / name;
    }
};

inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

} // namespace assay::test
