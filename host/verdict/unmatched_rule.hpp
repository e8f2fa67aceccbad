// Why a rule applies to no case: what it names and what there is.
//
//   explain_unmatched(gates, cases, report);
//   report.why_unmatched["time"]   // "there is no metric 'tme' (did you mean 'time'?)"
//
// Pure; any thread.
#pragma once

#include "verdict/gate.hpp"

#include <vector>

namespace assay::verdict {

// Of every unmatched rule the first of suite, family, case, tag, parameters and metric that nothing
// has, with the nearest there is, else a few; "applies to no case" where each exists and they never
// meet.
void explain_unmatched(const GateFile& gates,
                       const std::vector<GateCase>& cases,
                       GateReport& report);

} // namespace assay::verdict
