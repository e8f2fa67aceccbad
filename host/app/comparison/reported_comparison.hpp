// A comparison that reporters watch: from its first event to its last, with what people should know
// beside the table.
//
//   ComparisonOutcome outcome = run_reported(say, {settings, options, old, new, cases, argv}, bus);
//
// Called from main's thread, with reporters that are open; the bus is left to be finished.
#pragma once

#include "app/comparison/comparison_session.hpp"
#include "app/comparison/recorded_runs.hpp"
#include "app/message.hpp"
#include "report/bus.hpp"

#include <string>
#include <vector>

namespace assay::app {

struct WantedComparison {
    const Settings& settings;
    const ComparisonOptions& options;
    const Side& old_side;
    const Side& new_side;
    std::vector<MatchedCase> cases; // of both sides
    std::vector<std::string> argv;
};

ComparisonOutcome run_reported(const Messages& say, WantedComparison wanted, report::Bus& bus);

// The same for two runs that were recorded: nothing is measured.
ExitCode report_recorded(const Messages& say,
                         const RecordedRun& old_run,
                         const RecordedRun& new_run,
                         const ComparisonOptions& options,
                         report::Bus& bus);

} // namespace assay::app
