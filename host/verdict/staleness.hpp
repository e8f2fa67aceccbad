// Whether a baseline is too old to be held against, or was built by another compiler.
//
//   std::string why = stale_reason(baseline, {.now = now, .commits = 700, .compiler = "gcc 13.2"});
//   if (!why.empty()) ...   // "700 commits lie between"
//
// Section 6.1 of the specification of tracking. Pure; any thread.
#pragma once

#include "verdict/baseline_policy.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::verdict {

inline constexpr std::int64_t kStaleDays = 90;
inline constexpr std::size_t kStaleCommits = 500;

// Today's side of it.
struct Today {
    std::optional<std::int64_t> now = {};    // nanoseconds UTC since 1970
    std::optional<std::size_t> commits = {}; // since the newest commit of the baseline
    std::string compiler = {};               // "gcc 12.2.0"; empty: not known
};

// Empty: it is not stale, as far as is known. More than the days or the commits, not as many.
[[nodiscard]] std::string stale_reason(const Baseline& baseline, const Today& today);

// "gcc 12" of "gcc 12.2.0", "Apple clang 15" of "Apple clang 15.0.0 (x)".
[[nodiscard]] std::string major_compiler(std::string_view compiler);

} // namespace assay::verdict
