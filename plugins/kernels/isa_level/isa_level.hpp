// Which level of x86-64 this processor has, and the one of several functions that is made for it.
//
//   const auto* const sum = for_level<SumFunction>({v1::sum, v3::sum, v4::sum});
//   host.attach("config.json", ... name_of(isa_level()) ...);
//
// Files are compiled once for each level (tools/cmake/AssayIsaLevels.cmake). Pure; any thread.
#pragma once

#include <string_view>

namespace assay {

enum class IsaLevel { v1, v3, v4 };

// "x86-64", "x86-64-v3" (AVX2, FMA), "x86-64-v4" (AVX-512); elsewhere the first, as "baseline".
std::string_view name_of(IsaLevel level) noexcept;

// The highest that processor and system allow; ASSAY_ISA_LEVEL=v1|v3|v4 in the environment lowers
// it. Asked once.
[[nodiscard]] IsaLevel isa_level() noexcept;

template <class Function>
struct ByLevel {
    Function* v1;
    Function* v3;
    Function* v4;
};

template <class Function>
[[nodiscard]] Function* for_level(const ByLevel<Function>& all) noexcept {
    switch (isa_level()) {
    case IsaLevel::v4:
        return all.v4;
    case IsaLevel::v3:
        return all.v3;
    case IsaLevel::v1:
        break;
    }
    return all.v1;
}

} // namespace assay
