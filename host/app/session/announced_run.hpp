// A run as its receivers hear of it: the first and the last of its events, around those of its
// cases.
//
//   announce_run(bus, document);
//   SessionOutcome outcome = session.run(...);
//   announce_end(bus, document, {.outcome = outcome, .cases = plan.cases.size()});
//
// Called from main's thread.
#pragma once

#include "app/session/run_session.hpp"
#include "app/session/session_options.hpp"
#include "app/session/warnings.hpp"
#include "plan/plan.hpp"
#include "report/bus.hpp"
#include "support/json.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::app {

// Those of the suites that have a case among `cases`.
std::vector<SessionSuite> measured_suites(const std::vector<SessionSuite>& suites,
                                          const std::vector<plan::PlannedCase>& cases);

// The first or the last event of a run, also of one that compares.
report::Event run_event(report::EventKind kind, json::object fields);

// `document`: of run_document().
void announce_run(report::Bus& bus, const json::object& document);

struct EndedRun {
    const SessionOutcome& outcome;
    std::size_t cases = 0; // of the plan
    std::uint64_t order_seed = 0;
    std::vector<RunWarning> notes = {}; // beside that it was cancelled, where it was
    json::array next = {};              // commands worth a try
};

// `document` gets the time at which it finished.
void announce_end(report::Bus& bus, json::object& document, EndedRun ended);

} // namespace assay::app
