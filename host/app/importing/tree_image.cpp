#include "app/importing/tree_image.hpp"

#include "support/file.hpp"
#include "support/frame.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = 512;
constexpr std::size_t kFilesMax = 100'000;

struct TreeFile {
    fs::path path;
    std::string name; // below the folder
    std::uint64_t size = 0;
};

Error cannot(const std::string& what, ErrorKind kind, std::string hint = {}) {
    return {.kind = kind, .message = what, .hint = std::move(hint)};
}

Result<std::vector<TreeFile>> files_of(const fs::path& folder) {
    std::vector<TreeFile> files;
    std::error_code failed;
    fs::recursive_directory_iterator at(folder, failed);
    for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
        const fs::directory_entry& entry = *at;
        std::error_code unknown;
        const bool hidden = entry.path().filename().string().starts_with('.');
        if (hidden || entry.is_symlink(unknown)) {
            at.disable_recursion_pending();
            continue;
        }
        if (!entry.is_regular_file(unknown)) {
            continue;
        }
        if (files.size() == kFilesMax) {
            return cannot(folder.string() + " holds more than " + std::to_string(kFilesMax) +
                              " files",
                          ErrorKind::config,
                          "name the folder that holds the results and nothing else");
        }
        files.push_back({.path = entry.path(),
                         .name = entry.path().lexically_relative(folder).generic_string(),
                         .size = entry.file_size(unknown)});
    }
    if (failed) {
        return cannot("cannot read " + folder.string() + ": " + failed.message(), ErrorKind::io);
    }
    std::ranges::sort(files, {}, &TreeFile::name);
    return files;
}

void put(std::array<char, kBlock>& header, std::size_t at, std::string_view text) {
    std::memcpy(header.data() + at, text.data(), text.size());
}

std::string octal(std::uint64_t value, std::size_t digits) {
    std::string text(digits, '0');
    for (std::size_t i = digits; i > 0; --i, value /= 8) {
        text[i - 1] = static_cast<char>('0' + value % 8);
    }
    return text;
}

Result<std::array<char, kBlock>> header_of(const TreeFile& file, std::uint64_t size) {
    constexpr std::size_t kNameMax = 100;
    constexpr std::size_t kPrefixMax = 155;
    std::string name = file.name, prefix;
    if (name.size() > kNameMax) {
        const std::size_t cut = name.find('/', name.size() - kNameMax - 1);
        if (cut == std::string::npos || cut > kPrefixMax) {
            return cannot("the name " + file.name + " is too long",
                          ErrorKind::config,
                          "a path below the folder has at most 255 bytes, a file's name 100");
        }
        prefix = name.substr(0, cut);
        name = name.substr(cut + 1);
    }
    std::array<char, kBlock> header{};
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, octal(size, 11));
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    header[156] = '0';
    put(header,
        257,
        std::string_view("ustar\0"
                         "00",
                         8));
    put(header, 345, prefix);
    std::uint64_t sum = 0;
    for (const char c : header) {
        sum += static_cast<unsigned char>(c);
    }
    put(header, 148, octal(sum, 6));
    header[154] = '\0';
    return header;
}

Status write_all_bytes(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return cannot("cannot write a folder's image: " + system_message(errno), ErrorKind::io);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

std::string padding(std::size_t size) {
    return std::string((kBlock - size % kBlock) % kBlock, '\0');
}

} // namespace

Status write_tree_image(const fs::path& folder, int fd, std::uint64_t bytes_max) {
    const Result<std::vector<TreeFile>> files = files_of(folder);
    if (!files) {
        return files.error();
    }
    std::uint64_t left = bytes_max;
    for (const TreeFile& file : *files) {
        if (file.size + 2 * kBlock > left) {
            return cannot(folder.string() + " holds more than " + std::to_string(bytes_max) +
                              " bytes",
                          ErrorKind::config,
                          "name the folder that holds the results and nothing else");
        }
        const Result<std::string> bytes = read_file(file.path.string(), left);
        if (!bytes) {
            return bytes.error();
        }
        const auto header = header_of(file, bytes->size());
        if (!header) {
            return header.error();
        }
        left -= std::min<std::uint64_t>(left, bytes->size() + 2 * kBlock);
        for (const std::string_view piece :
             {std::string_view(header->data(), kBlock), std::string_view(*bytes)}) {
            if (Status written = write_all_bytes(fd, piece); !written) {
                return written;
            }
        }
        if (Status written = write_all_bytes(fd, padding(bytes->size())); !written) {
            return written;
        }
    }
    return write_all_bytes(fd, std::string(2 * kBlock, '\0'));
}

} // namespace assay::app
