// A comparison that reporters watch: from its first event to its last, with what people should know
// beside the table.
//
//   const MachineResolution machine = machine_resolution(resolution_file(), unix_now_ns());
//   ComparisonOutcome outcome =
//       run_reported(say, {settings, options, machine, old, new, cases, argv}, bus);
//
// Called from main's thread, with reporters that are open; the bus is left to be finished.
#pragma once

#include "app/comparison/comparison_session.hpp"
#include "app/message.hpp"
#include "app/session/machine_resolution.hpp"
#include "report/bus.hpp"

#include <string>
#include <vector>

namespace assay::app {

struct WantedComparison {
    const Settings& settings;
    const ComparisonOptions& options;
    const MachineResolution& machine; // what it decides is done
    const Side& old_side;
    const Side& new_side;
    std::vector<MatchedCase> cases; // of both sides
    std::vector<std::string> argv;
};

// What a comparison of these cases asks of the machine, as it is told and documented. With an
// automatic margin the wish has the least that the machine resolves.
ResolutionWish comparison_wish(const ComparisonOptions& options,
                               const std::vector<MatchedCase>& cases,
                               const MachineResolution& machine);

ComparisonOutcome run_reported(const Messages& say, WantedComparison wanted, report::Bus& bus);

} // namespace assay::app
