// /proc and /sys of this machine, or a prepared tree of the same shape: what platform identity and
// the doctor's findings read.
//
//   const SystemTree tree;                      // this machine
//   const auto load = tree.line("proc/loadavg");
//
// Callable from any thread; every call reads anew.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

class SystemTree {
public:
    explicit SystemTree(std::filesystem::path root = "/")
        : root_(std::move(root)) {}

    [[nodiscard]] const std::filesystem::path& root() const noexcept { return root_; }

    // Whether there is a file or folder of that name.
    [[nodiscard]] bool exists(std::string_view path) const;
    // The whole file, 256 KiB at most; nothing if it cannot be read.
    [[nodiscard]] std::optional<std::string> text(std::string_view path) const;
    // Its first line, trimmed; nothing if that is empty.
    [[nodiscard]] std::optional<std::string> line(std::string_view path) const;
    // Its first line as a whole number; nothing if it is anything else.
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view path) const;

private:
    std::filesystem::path root_;
};

// "0-3,8" -> {0, 1, 2, 3, 8}; empty if the text is anything else.
[[nodiscard]] std::vector<unsigned> cpu_list(std::string_view text);

// The number behind `key` in lines of "key value" or "key: value kB".
[[nodiscard]] std::optional<std::int64_t> value_of(std::string_view text, std::string_view key);

// The words between white space.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

} // namespace assay
