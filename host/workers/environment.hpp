// What a worker inherits of the host's environment: an allow-list, so that two runs differ in
// what was measured and not in somebody's shell, and a padding variable that moves the stack.
//
//   Environment environment = worker_environment(environ, folder.path(), seed);
//   environment.variables   // "PATH=/usr/bin", ..., ready for posix_spawn
//   environment.padding     // 0..4095, recorded with the launch
//
// Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::workers {

struct Environment {
    std::vector<std::string> variables; // "NAME=value"; the padding variable is the last
    std::uint32_t padding = 0;          // bytes of its value
};

// "ASSAY_PADDING=xxxx": there to move the stack, read by nobody.
inline constexpr std::string_view kPaddingName = "ASSAY_PADDING";

// True for the variables a worker may see: search paths, home, locale, time zone, sanitizer and
// allocator settings, thread counts.
[[nodiscard]] bool is_inherited(std::string_view name) noexcept;

// LD_PRELOAD is never inherited: `preload` alone is, where it names a library.
// `inherited` ends with a null pointer, as environ does. TMPDIR becomes `scratch`. The size of the
// environment decides where the stack begins, which decides how fast some code is: it is drawn
// from `seed` (0 to 4095 bytes) so that layout is averaged over launches.
[[nodiscard]] Environment worker_environment(const char* const* inherited,
                                             const std::string& scratch,
                                             std::uint64_t seed,
                                             const std::string& preload = {});

} // namespace assay::workers
