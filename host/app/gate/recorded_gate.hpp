// `assay gate --skip-run`: a run that is recorded already held against the rules of a gate. Nothing
// is measured, so figures of other programs (`assay history record`) are judged like any.
//
//   if (*gate_way(invocation) == GateWay::recorded) return gate_recorded(invocation, say);
//
// Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/gate/recorded_reports.hpp"
#include "app/message.hpp"

#include <string>
#include <vector>

namespace assay::app {

// --skip-run, --run; --platform, --branch.
std::vector<OptionSpec> recorded_gate_options(const std::string& group, const std::string& select);

// The exit code: that of the lines, and 3 where a case of the run broke, whatever rules ask of it,
// or a reporter failed. `reports`: of `assay run`, told of the run and of what the gate found.
int gate_recorded(const Invocation& invocation,
                  const Messages& say,
                  RecordedReports* reports = nullptr);

} // namespace assay::app
