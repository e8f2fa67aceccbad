// What is kept of samples that grew old: how many, the ends, and 33 quantiles, evenly spread.
//
//   const Samples kept = sketched(samples);   // launch medians stay, launches become the sketch
//
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"

#include <cstddef>

namespace assay::history {

inline constexpr std::size_t kSketchQuantiles = 33;

// Samples that are a sketch already, or where only medians are known, come back as they are.
[[nodiscard]] Samples sketched(Samples samples);

} // namespace assay::history
