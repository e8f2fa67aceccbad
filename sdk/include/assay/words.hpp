// Words that suites and importers share: which way is better, and what kept the time.
//
//   .metric("hits", "{hit}", assay::higher, assay::sum)
//
// `using namespace assay::words;` brings them alone into a body.
#pragma once

#include "plugin.h"

#include <cstdint>

namespace assay {
inline namespace words {

enum class direction : std::int32_t {
    none = ASSAY_DIR_NONE,
    lower = ASSAY_DIR_LOWER_IS_BETTER,
    higher = ASSAY_DIR_HIGHER_IS_BETTER
};
inline constexpr direction no_direction = direction::none;
inline constexpr direction lower = direction::lower;
inline constexpr direction higher = direction::higher;

enum class clock : std::int32_t {
    automatic = ASSAY_CLOCK_AUTO,
    wall = ASSAY_CLOCK_WALL,
    thread_cpu = ASSAY_CLOCK_THREAD_CPU,
    process_cpu = ASSAY_CLOCK_PROCESS_CPU,
    manual = ASSAY_CLOCK_MANUAL
};

} // namespace words
} // namespace assay
