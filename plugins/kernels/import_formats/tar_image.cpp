#include "import_formats/tar_image.hpp"

#include <assay/importer.hpp>

#include <cstdint>
#include <optional>

namespace assay::import_formats {
namespace {

constexpr std::size_t kBlock = 512;

struct Header {
    std::string name;
    std::uint64_t size = 0;
    char type = '0';
};

std::string_view field(std::string_view block, std::size_t at, std::size_t bytes) noexcept {
    const std::string_view whole = block.substr(at, bytes);
    return whole.substr(0, whole.find('\0'));
}

std::optional<std::uint64_t> octal(std::string_view digits) noexcept {
    std::uint64_t value = 0;
    bool any = false;
    for (const char c : digits) {
        if (c == ' ') {
            continue;
        }
        if (c < '0' || c > '7') {
            return std::nullopt;
        }
        value = value * 8 + static_cast<std::uint64_t>(c - '0');
        any = true;
    }
    return any ? std::optional(value) : std::nullopt;
}

std::optional<Header> header_of(std::string_view block) {
    const std::optional<std::uint64_t> size = octal(field(block, 124, 12));
    if (!size || !block.substr(257).starts_with("ustar")) {
        return std::nullopt;
    }
    Header header{.name = std::string(field(block, 0, 100)), .size = *size, .type = block[156]};
    if (const std::string_view prefix = field(block, 345, 155); !prefix.empty()) {
        header.name = std::string(prefix) + "/" + header.name;
    }
    return header;
}

// Entries up to the end or what is wrong; nullptr: nothing is.
const char* read_entries(std::string_view image, std::vector<TarEntry>& entries) {
    for (std::size_t at = 0; at < image.size();) {
        if (image.size() - at < kBlock) {
            return "a folder's image ends inside a header";
        }
        const std::string_view block = image.substr(at, kBlock);
        if (block.find_first_not_of('\0') == std::string_view::npos) {
            return nullptr;
        }
        std::optional<Header> header = header_of(block);
        if (!header) {
            return "a folder's image has a header that is no ustar";
        }
        at += kBlock;
        const std::uint64_t left = image.size() - at;
        TarEntry entry{std::move(header->name),
                       image.substr(at, static_cast<std::size_t>(std::min(header->size, left)))};
        const bool regular = header->type == '0' || header->type == '\0';
        if (regular) {
            entries.push_back(std::move(entry));
        }
        if (header->size > left) {
            return "a folder's image ends inside a file";
        }
        const std::uint64_t padded = (header->size + kBlock - 1) / kBlock * kBlock;
        at += static_cast<std::size_t>(std::min(padded, left));
    }
    return nullptr;
}

} // namespace

std::vector<TarEntry> read_tar(std::string_view image) {
    std::vector<TarEntry> entries;
    if (const char* wrong = read_entries(image, entries)) {
        throw damaged(wrong);
    }
    return entries;
}

std::vector<TarEntry> read_tar_head(std::string_view head) noexcept {
    std::vector<TarEntry> entries;
    static_cast<void>(read_entries(head, entries));
    return entries;
}

} // namespace assay::import_formats
