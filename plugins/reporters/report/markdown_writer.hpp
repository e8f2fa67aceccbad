// A report in GitHub-flavoured Markdown, where foreign text stays text.
//
//   out.write(markdown_of(report));
//
// Pure.
#pragma once

#include "parts.hpp"

#include <string>

namespace report_reporter {

[[nodiscard]] std::string markdown_of(const ReportText& report);

} // namespace report_reporter
