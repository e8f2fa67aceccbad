// The text of an issue about what got worse, and of the comment that a pull request has once.
//
//   out.write(issue_of(run));     // title, empty line, body; empty where nothing got worse
//
// Both begin with an HTML comment that nobody sees and by which a workflow finds what it wrote
// before. Pure functions.
#pragma once

#include "report_text/told_run.hpp"

#include <string>
#include <string_view>

namespace github_reporter {

[[nodiscard]] std::string sticky_comment(const report_text::ToldRun& run, std::string_view marker);

[[nodiscard]] std::string issue_of(const report_text::ToldRun& run, std::string_view marker);

// Text inside an HTML comment: it cannot end it.
[[nodiscard]] std::string comment_key(std::string_view text);

} // namespace github_reporter
