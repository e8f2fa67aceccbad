// The parts of a report about the history as a whole: summary, what the gate says, methodology.
//
//   report.parts.push_back(summary_part(document));
//
// Pure.
#pragma once

#include "words.hpp"

namespace report_reporter {

[[nodiscard]] Part summary_part(Node document);
[[nodiscard]] Part gate_part(Node document);
[[nodiscard]] Part method_part(Node document);

} // namespace report_reporter
