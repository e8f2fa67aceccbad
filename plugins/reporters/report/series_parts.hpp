// The parts of a report about series: what got better, what is advised, and all of them through
// time.
//
//   report.parts.push_back(trend_part(document));
//
// Pure.
#pragma once

#include "words.hpp"

namespace report_reporter {

[[nodiscard]] Part achievement_part(Node document);
[[nodiscard]] Part advice_part(Node document);
[[nodiscard]] Part trend_part(Node document);

} // namespace report_reporter
