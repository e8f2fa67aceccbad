// `assay gate --results FILE [--against FILE]`: the results of another tool by the rules of a gate.
// Limits judge the file's figures; regressions and improvements hold them against the other file as
// recorded runs are held against each other. Nothing is measured and nothing is recorded.
//
//   if (*gate_way(invocation) == GateWay::files) return gate_files(invocation, say);
//
// Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/message.hpp"

#include <string>
#include <vector>

namespace assay::app {

// --results, --against, --against-run, --importer, --direction
std::vector<OptionSpec> file_gate_options(const std::string& group);

// The exit code: that of the lines, and 3 where a case of the file broke, whatever rules ask of it.
int gate_files(const Invocation& invocation, const Messages& say);

} // namespace assay::app
