// What a gate says of figures that no line of its rules is about, and of those that got lost.
//
//   std::ranges::move(left_out_notes(gates, cases, report), std::back_inserter(heading.notes));
//
// Pure; any thread.
#pragma once

#include "app/session/warnings.hpp"
#include "verdict/gate.hpp"

#include <vector>

namespace assay::app {

// What was lost and no rule asks about is named; where a line tells of a loss, what to do if it was
// meant to go; under the built-in rules the cases that none of them judges.
[[nodiscard]] std::vector<RunWarning> left_out_notes(const verdict::GateFile& gates,
                                                     const std::vector<verdict::GateCase>& cases,
                                                     const verdict::GateReport& report);

// Of recorded runs: where figures have no baseline yet, how the first runs pass.
[[nodiscard]] std::vector<RunWarning> first_runs_notes(const verdict::GateReport& report);

// Of recorded runs: both.
[[nodiscard]] std::vector<RunWarning> recorded_notes(const verdict::GateFile& gates,
                                                     const std::vector<verdict::GateCase>& cases,
                                                     const verdict::GateReport& report);

} // namespace assay::app
