// The alerts of a report, by severity, and what may be answered to them.
//
//   report.parts.push_back(alert_part(document));
//
// Pure.
#pragma once

#include "words.hpp"

namespace report_reporter {

[[nodiscard]] Part alert_part(Node document);

} // namespace report_reporter
