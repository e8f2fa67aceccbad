// Figures of today's build by itself, for the limits of a gate: a run that nobody watches.
//
//   TodaysFigures today = measure_today(say, settings, side, case_ids);
//   today.results.at("router/least_latency").metrics ...
//
// Called from main's thread.
#pragma once

#include "app/comparison/side.hpp"
#include "app/message.hpp"
#include "report/event.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay::app {

struct TodaysFigures {
    std::map<std::string, report::CaseResult> results; // by case id
    bool cancelled = false;
};

// Measures the cases named, with the launches and slices of the settings' mode. Nothing is measured
// for no ids.
TodaysFigures measure_today(const Messages& say,
                            const Settings& settings,
                            const Side& side,
                            const std::vector<std::string>& case_ids);

} // namespace assay::app
