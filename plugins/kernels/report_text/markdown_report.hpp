// A run, a comparison or a gate in GitHub-flavoured Markdown: short, for a comment, or whole.
//
//   out.write(markdown_comment(reader.run(), kCommentMax));
//   out.write(markdown_report(reader.run()));
//
// Pure functions.
#pragma once

#include "report_text/told_run.hpp"

#include <cstddef>
#include <string>

namespace report_text {

// GitHub takes 65 536 characters; the rest is for what a workflow may put around it. Counted in
// bytes, which are never fewer.
inline constexpr std::size_t kCommentMax = 60'000;

// The verdict with its deciding figure, what failed in the gate, what changed, the rest folded, and
// where it was measured. What has no room is left out, and the text says how much that is.
[[nodiscard]] std::string markdown_comment(const ToldRun& run, std::size_t bytes_max = kCommentMax);

// Every case with every figure, suite by suite, all lines of a gate, method and environment.
[[nodiscard]] std::string markdown_report(const ToldRun& run);

} // namespace report_text
