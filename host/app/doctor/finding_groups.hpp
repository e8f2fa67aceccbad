// The findings of `assay doctor`, group by group: each a pure function of what was read.
//
//   Findings findings = processor_findings(tree, readings.allowed_cpus);
//
// Any thread.
#pragma once

#include "app/doctor/finding.hpp"
#include "app/doctor/readings.hpp"
#include "app/session/machine_resolution.hpp"
#include "support/system_tree.hpp"

namespace assay::app {

// Spread of slices and short pairs, interruptions, clocks; `load` is where steal stands.
[[nodiscard]] Findings resolution_findings(const MachineResolution& machine);

// CPUs, frequency, siblings, hypervisor, clock source, tick counter.
[[nodiscard]] Findings processor_findings(const SystemTree& tree,
                                          const std::vector<unsigned>& allowed_cpus);

// What else runs: load average, pressure, steal (since boot, and of the sample if it is known).
[[nodiscard]] Findings
load_findings(const SystemTree& tree, std::size_t allowed_cpus, std::optional<double> steal_share);

// What the control group allows: CPU quota, throttling so far.
[[nodiscard]] Findings quota_findings(const SystemTree& tree);

// Address layout, huge pages, free memory, swap.
[[nodiscard]] Findings memory_findings(const SystemTree& tree);

// Instructions by the processor and by callgrind.
[[nodiscard]] Findings counter_findings(const SystemTree& tree, const Readings& readings);

// Starting a worker, and what it achieved before a plugin would be loaded.
[[nodiscard]] Findings worker_findings(const Readings& readings);

// Assay itself: its build, its plugins, its folders, programs it calls.
[[nodiscard]] Findings assay_findings(const Readings& readings);

// All of them, in the order they are shown.
[[nodiscard]] Findings
all_findings(const SystemTree& tree, const Readings& readings, const MachineResolution& machine);

} // namespace assay::app
