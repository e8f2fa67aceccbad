#include "process_memory.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <dlfcn.h>
#include <fcntl.h>
#include <span>
#include <unistd.h>

namespace assay::allocator_suite {
namespace {

constexpr std::size_t kFileMost = 8192; // status and smaps_rollup take less than 2 kB

std::string_view contents_of(const char* path, std::span<char> room) noexcept {
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return {};
    }
    std::size_t filled = 0;
    while (filled < room.size()) {
        const ssize_t got = ::read(file, room.data() + filled, room.size() - filled);
        if (got <= 0) {
            break;
        }
        filled += static_cast<std::size_t>(got);
    }
    ::close(file);
    return {room.data(), filled};
}

bool has_symbol(const char* name) noexcept {
    return ::dlsym(RTLD_DEFAULT, name) != nullptr;
}

} // namespace

std::optional<std::uint64_t> bytes_in(std::string_view lines, std::string_view name) noexcept {
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
        if (!line.starts_with(name) || line.substr(name.size(), 1) != ":") {
            continue;
        }
        const std::size_t digit = line.find_first_of("0123456789");
        std::uint64_t kilobytes = 0;
        if (digit == std::string_view::npos ||
            std::from_chars(line.data() + digit, line.data() + line.size(), kilobytes).ec !=
                std::errc()) {
            return std::nullopt;
        }
        return kilobytes * 1024;
    }
    return std::nullopt;
}

std::optional<ResidentMemory> resident_memory() noexcept {
    std::array<char, kFileMost> room; // NOLINT: filled by read()
    const std::string_view lines = contents_of("/proc/self/smaps_rollup", room);
    const auto rss = bytes_in(lines, "Rss");
    const auto pss = bytes_in(lines, "Pss");
    if (!rss || !pss) {
        return std::nullopt;
    }
    return ResidentMemory{*rss, *pss};
}

std::optional<std::uint64_t> peak_resident() noexcept {
    std::array<char, kFileMost> room; // NOLINT: filled by read()
    return bytes_in(contents_of("/proc/self/status", room), "VmHWM");
}

bool reset_peak() noexcept {
    const int file = ::open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    const bool written = ::write(file, "5", 1) == 1;
    ::close(file);
    return written;
}

std::string_view sanitizer_here() noexcept {
    return has_symbol("__asan_init") ? "address" : has_symbol("__tsan_init") ? "thread" : "";
}

} // namespace assay::allocator_suite
