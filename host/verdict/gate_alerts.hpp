// Rules of kind no_new_alerts: what an analysis of the history has opened since the run before.
//
//   judge_alerts(gates, {.news = {{.title = "s/f time 25.0 % worse"}}}, true, report);
//
// Alerts that were open before fail nothing: who broke it is told once. Pure; any thread.
#pragma once

#include "verdict/gate.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay::verdict {

// An alert that this run opened, or opened again.
struct AlertNews {
    std::string title = {}, severity = {};
    bool machine = false; // the machine moved, and everything with it
    std::vector<std::pair<RuleSubject, std::string>> about = {}; // case and metric
};

struct AlertsAsked {
    std::optional<std::vector<AlertNews>> news = {}; // nothing: nobody could look
    std::string reason = {};                         // why not
    bool too_young = false; // the history has too few runs for anything to have changed
};

// One line for each such rule, of no case. `decides`: else what would fail is undecided.
void judge_alerts(const GateFile& gates,
                  const AlertsAsked& asked,
                  bool decides,
                  GateReport& report);

} // namespace assay::verdict
