// Workflow commands that mark what went wrong: ::error and ::warning lines, at the rule of the gate
// where that is known.
//
//   out.write(annotations_of(run));
//
// Pure functions.
#pragma once

#include "report_text/told_run.hpp"

#include <string>
#include <string_view>

namespace github_reporter {

// GitHub shows ten of a kind for a step and drops the others: the last one says how many they are.
inline constexpr std::size_t kAnnotationsMax = 10;

// What got worse or broke is an error; what is undecided, near its limit or cannot be compared a
// warning. Empty where there is nothing to mark.
[[nodiscard]] std::string annotations_of(const report_text::ToldRun& run);

// As GitHub wants it after the second pair of colons; `property`: before it.
[[nodiscard]] std::string escaped_data(std::string_view text);
[[nodiscard]] std::string escaped_property(std::string_view text);

} // namespace github_reporter
