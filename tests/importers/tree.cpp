#include "tree.hpp"

#include <doctest/doctest.h>

#include <cstdio>

namespace assay::test {
namespace {

constexpr std::size_t kBlockBytes = 512;

std::string octal(std::size_t value, int digits) {
    char text[24];
    std::snprintf(text, sizeof text, "%0*zo", digits, value);
    return text;
}

std::string header_of(const std::string& name, std::size_t size) {
    REQUIRE(name.size() < 100);
    std::string block(kBlockBytes, '\0');
    block.replace(0, name.size(), name);
    block.replace(100, 7, "0000644");
    block.replace(124, 11, octal(size, 11));
    block.replace(136, 11, octal(0, 11));
    block.replace(148, 8, "        ");
    block[156] = '0';
    block.replace(257, 8, std::string("ustar\00000", 8));
    std::size_t sum = 0;
    for (const char c : block) {
        sum += static_cast<unsigned char>(c);
    }
    block.replace(148, 6, octal(sum, 6));
    block[154] = '\0';
    return block;
}

} // namespace

std::string tar_of(const std::vector<std::pair<std::string, std::string>>& files) {
    std::string image;
    for (const auto& [name, bytes] : files) {
        image += header_of(name, bytes.size()) + bytes;
        image.resize((image.size() + kBlockBytes - 1) / kBlockBytes * kBlockBytes);
    }
    return image + std::string(2 * kBlockBytes, '\0');
}

std::optional<std::string> sample_tree(const std::string& folder) {
    std::vector<std::pair<std::string, std::string>> files;
    for (const std::string& name : all_samples()) {
        if (name.starts_with(folder + "/")) {
            files.emplace_back(name.substr(folder.size() + 1), *sample(name));
        }
    }
    return files.empty() ? std::nullopt : std::optional(tar_of(files));
}

} // namespace assay::test
