#include "workers/environment.hpp"

#include <algorithm>
#include <array>

namespace assay::workers {

namespace {

constexpr std::array<std::string_view, 18> kNames = {
    "PATH",
    "HOME",
    "LANG",
    "LANGUAGE",
    "TZ",
    "LD_LIBRARY_PATH",
    "ASAN_OPTIONS",
    "UBSAN_OPTIONS",
    "LSAN_OPTIONS",
    "TSAN_OPTIONS",
    "GLIBC_TUNABLES",
    "MALLOC_ARENA_MAX",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "RUST_BACKTRACE",
    "GCOV_PREFIX",
    "GCOV_PREFIX_STRIP",
    "LLVM_PROFILE_FILE",
};

constexpr std::array<std::string_view, 2> kPrefixes = {"LC_", "OMP_"};

// splitmix64: neighbouring seeds give unrelated sizes.
std::uint64_t mix(std::uint64_t x) noexcept {
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

} // namespace

bool is_inherited(std::string_view name) noexcept {
    return std::ranges::find(kNames, name) != kNames.end() ||
           std::ranges::any_of(kPrefixes, [&](auto prefix) { return name.starts_with(prefix); });
}

Environment worker_environment(const char* const* inherited,
                               const std::string& scratch,
                               std::uint64_t seed,
                               const std::string& preload) {
    Environment result;
    for (; inherited != nullptr && *inherited != nullptr; ++inherited) {
        const std::string_view entry = *inherited;
        if (is_inherited(entry.substr(0, entry.find('=')))) {
            result.variables.emplace_back(entry);
        }
    }
    result.variables.push_back("TMPDIR=" + scratch);
    if (!preload.empty()) {
        result.variables.push_back("LD_PRELOAD=" + preload);
    }
    result.padding = static_cast<std::uint32_t>(mix(seed) % 4096);
    result.variables.push_back(std::string(kPaddingName) + "=" + std::string(result.padding, 'x'));
    return result;
}

} // namespace assay::workers
