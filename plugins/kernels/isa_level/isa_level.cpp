#include "isa_level/isa_level.hpp"

#include <algorithm>
#include <cstdlib>

namespace assay {
namespace {

IsaLevel of_processor() noexcept {
#if defined(__x86_64__)
    // Names of features, not of levels: clang 14 knows no levels.
    __builtin_cpu_init();
    const bool v3 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 &&
                    __builtin_cpu_supports("bmi") != 0 && __builtin_cpu_supports("bmi2") != 0;
    const bool v4 =
        v3 && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
        __builtin_cpu_supports("avx512cd") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
        __builtin_cpu_supports("avx512vl") != 0;
    return v4 ? IsaLevel::v4 : v3 ? IsaLevel::v3 : IsaLevel::v1;
#else
    return IsaLevel::v1;
#endif
}

IsaLevel allowed() noexcept {
    const char* const asked = std::getenv("ASSAY_ISA_LEVEL"); // NOLINT(concurrency-mt-unsafe)
    const std::string_view word = asked == nullptr ? "" : asked;
    return word == "v1" ? IsaLevel::v1 : word == "v3" ? IsaLevel::v3 : IsaLevel::v4;
}

} // namespace

std::string_view name_of(IsaLevel level) noexcept {
#if defined(__x86_64__)
    switch (level) {
    case IsaLevel::v1:
        return "x86-64";
    case IsaLevel::v3:
        return "x86-64-v3";
    case IsaLevel::v4:
        return "x86-64-v4";
    }
#endif
    (void)level;
    return "baseline";
}

IsaLevel isa_level() noexcept {
    static const IsaLevel level = std::min(of_processor(), allowed());
    return level;
}

} // namespace assay
