// The page that a job of GitHub Actions shows: a file of the runner to which steps add.
//
//   append_to_summary(summary_file(), text);
//
// That file belongs to the runner and is appended to by every step: it is the one output of this
// reporter that does not go through its sink. One thread.
#pragma once

#include <string>
#include <string_view>

namespace github_reporter {

// GitHub takes one mebibyte from a step.
inline constexpr std::size_t kSummaryMax = 900'000;

// $GITHUB_STEP_SUMMARY; empty outside GitHub Actions.
[[nodiscard]] std::string summary_file();

// Throws assay::failure where it cannot be written.
void append_to_summary(const std::string& path, std::string_view text);

} // namespace github_reporter
