// Two runs of a report beside each other: of every series the least, mean, deviation, median, most,
// rounds and outliers of both.
//
//   if (document["comparison"]["rows"]) report.parts.push_back(comparison_part(document));
//
// Pure.
#pragma once

#include "words.hpp"

namespace report_reporter {

[[nodiscard]] Part comparison_part(Node document);

} // namespace report_reporter
