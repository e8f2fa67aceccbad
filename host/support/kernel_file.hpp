// Files of /proc and /sys: they have no size, so they are read until they end.
//
//   const auto stat = kernel_text("/proc/stat");       // nothing if it cannot be read
//
// Callable from any thread; every call reads anew.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace assay {

// At most `bytes_max` of it: enough for /proc/cpuinfo of 64 CPUs, and what lies behind is more of
// the same. Never waits, not even for the writer of a pipe that stands in its place.
[[nodiscard]] std::optional<std::string>
kernel_text(const std::filesystem::path& path, std::size_t bytes_max = std::size_t{256} << 10);

// The first line, trimmed; empty if there is none.
[[nodiscard]] std::string kernel_line(const std::filesystem::path& path);

} // namespace assay
