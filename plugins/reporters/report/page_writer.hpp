// A report as a page of its own: no script, no request, `default-src 'none'` with the hash of its
// style; light and dark, for small screens and for paper.
//
//   out.write(page_of(report));
//
// Every text is escaped. Pure.
#pragma once

#include "parts.hpp"

#include <string>

namespace report_reporter {

[[nodiscard]] std::string page_of(const ReportText& report);

} // namespace report_reporter
