// Which of its three ways `assay gate` goes: it measures today's build, judges a run that is
// recorded already (--skip-run), or files of other tools (--results).
//
//   Result<GateWay> way = gate_way(invocation);
//
// Pure; any thread.
#pragma once

#include "app/command_table.hpp"
#include "support/result.hpp"

namespace assay::app {

enum class GateWay { measured, recorded, files };

// Error (usage): options of two ways, of which one would not be heeded.
[[nodiscard]] Result<GateWay> gate_way(const Invocation& invocation);

} // namespace assay::app
