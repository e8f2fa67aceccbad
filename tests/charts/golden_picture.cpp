#include "golden_picture.hpp"

#include "support/file.hpp"

#include <doctest/doctest.h>

#include <filesystem>

void check_picture(const std::string& name, const std::string& actual) {
    const std::string approved = std::string(ASSAY_SOURCE_DIR) + "/tests/golden/charts/" + name;
    const std::string seen = std::string(ASSAY_BUILD_DIR) + "/tests/golden/charts/" + name;
    const auto golden = assay::read_file(approved);
    if (golden && *golden == actual) {
        std::filesystem::remove(seen);
        return;
    }
    std::filesystem::create_directories(std::filesystem::path(seen).parent_path());
    REQUIRE(assay::write_file_atomically(seen, actual).ok());
    FAIL_CHECK("differs from " << approved << "\nseen: " << seen
                               << "\nlook at the picture, then run tools/approve");
}
