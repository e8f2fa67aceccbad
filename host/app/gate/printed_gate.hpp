// What a gate found, on stdout as text or as the document that --format asks for.
//
//   return print_gate(invocation, say, report, heading);
//
// Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/gate/gate_document.hpp"
#include "app/message.hpp"

namespace assay::app {

// The exit code: that of the lines, or of stdout that could not be written.
int print_gate(const Invocation& invocation,
               const Messages& say,
               const verdict::GateReport& report,
               const GateHeading& heading);

// The same of `assay run`, where a reporter may have stdout: its lines are a note then.
ExitCode print_gate_of_run(const Invocation& invocation,
                           const Messages& say,
                           const verdict::GateReport& report,
                           const GateHeading& heading);

} // namespace assay::app
