// Figures of today's build by itself, for the limits of a gate: a run that nobody watches.
//
//   TodaysFigures today = measure_today(say, settings, machine, side, plan);
//   today.results.at("router/least_latency").metrics ...
//
// Called from main's thread.
#pragma once

#include "app/comparison/side.hpp"
#include "app/gate/gate_cases.hpp"
#include "app/message.hpp"
#include "app/session/machine_resolution.hpp"
#include "app/session/warnings.hpp"
#include "report/event.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay::app {

struct TodaysFigures {
    std::map<std::string, report::CaseResult> results; // by case id
    std::vector<RunWarning> warnings;                  // what was asked for and is not there
    bool cancelled = false;
};

// Measures the cases that limits are about, with the launches and slices of the settings' mode, as
// the machine decides: pinned or not, by which clock; with counts and allocations where a limit
// names them. Nothing is measured where no limit asks.
TodaysFigures measure_today(const Messages& say,
                            const Settings& settings,
                            const MachineResolution& machine,
                            const Side& side,
                            const GatePlan& plan);

} // namespace assay::app
