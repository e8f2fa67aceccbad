// Figures of today's build by itself: a run as `assay run` measures it, for the limits of a gate
// and for the history.
//
//   TodaysFigures today = measure_today(say, {settings, machine, side, plan, argv, run_id}, bus);
//   today.results.at("router/least_latency").metrics ...
//
// Called from main's thread.
#pragma once

#include "app/comparison/side.hpp"
#include "app/exit_code.hpp"
#include "app/gate/gate_cases.hpp"
#include "app/message.hpp"
#include "app/session/machine_resolution.hpp"
#include "app/session/warnings.hpp"
#include "report/bus.hpp"
#include "report/event.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay::app {

struct TodaysFigures {
    std::map<std::string, report::CaseResult> results; // by case id
    std::vector<RunWarning> warnings;                  // what was asked for and is not there
    bool measured = false;                             // nothing was asked for otherwise
    bool cancelled = false;
    ExitCode reports = ExitCode::pass; // what became of those who listened
};

struct WantedFigures {
    const Settings& settings;
    const MachineResolution& machine; // what it decides is done
    const Side& side;
    const GatePlan& plan;
    std::vector<std::string> argv;
    std::string run_id;
};

// Measures the cases that the plan names, with the launches and slices of the settings' mode, as
// the machine decides: pinned or not, by which clock; with counts and allocations where a limit
// names them. `bus`: who else hears of the run; it is finished. Without such a case nothing
// happens.
TodaysFigures measure_today(const Messages& say, const WantedFigures& wanted, report::Bus& bus);

} // namespace assay::app
