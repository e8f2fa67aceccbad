// Shares of one as people say them.
//
//   fmt::format("{:.3g} %", kPercent * share); // 0.05: "5 %"
#pragma once

namespace assay {

inline constexpr double kPercent = 100; // of one

} // namespace assay
