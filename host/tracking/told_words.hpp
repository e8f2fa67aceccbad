// How what is kept of gates and comparisons is told to people.
//
//   change_text(0.187, "relative", Direction::lower)            // "18.7 % worse"
//   gate_figure_text(18.7, "s", "at most 20 % worse")           // "18.7 % worse"
//   gate_figure_text(8e-6, "s", "< 0.02 ms")                    // "0.008 ms"
//
// Pure; any thread.
#pragma once

#include "measure/description.hpp"

#include <string>
#include <string_view>

namespace assay::tracking {

// `change`: as a verdict has it, positive = worse, or more where no direction is known. `scale`:
// "relative" or empty, "points", "logit".
std::string change_text(double change, std::string_view scale, measure::Direction direction);

// Of a rule about a change, in "%" or "points", the change; of any other the series' own figure.
// `limit`: what is told of the rule's limit, which says which of the two it is.
std::string gate_figure_text(double figure, std::string_view unit, std::string_view limit);

} // namespace assay::tracking
