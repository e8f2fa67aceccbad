// Whether a figure that somebody tells can be one at all: no time, size or rate is below zero, and
// no share of hits above one. What cannot be is a slip in a script, and never to be learnt from.
//
//   const std::string wrong = why_impossible("cache_hit_rate", "1", 87.5);
//   // "a share lies within [0, 1]"
//
// Pure; callable from any thread.
#pragma once

#include <string>
#include <string_view>

namespace assay::history {

// "": it can be. `unit`: in which the value is told. Whether a metric without a dimension is a
// share is read from its name: those of tracking.md 7.2, and whatever ends with hit_rate or
// hit_ratio; others may be factors, which have no upper end.
std::string why_impossible(std::string_view metric, std::string_view unit, double value);

} // namespace assay::history
