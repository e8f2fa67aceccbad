// Event streams with fixed figures, as a run could have sent them: what reporters are tested with.
//
//   for (const Event& event : ordinary_run()) receiver->on_event(event);
//
// Pure functions.
#pragma once

#include "report/event.hpp"

#include <string>
#include <vector>

namespace canned {

using Events = std::vector<assay::report::Event>;

// A metric with six launches around `median`; `low` and `high` bound its interval.
struct Figures {
    double median = 0, low = 0, high = 0;
};

assay::report::MetricResult
metric(const std::string& key, const std::string& unit, const Figures& figures);

// A metric of which nothing was observed.
assay::report::MetricResult unavailable_metric(const std::string& key, const std::string& unit);

// A passed, verified case without parameters; `metrics` as given.
assay::report::CaseResult case_of(const std::string& suite,
                                  const std::string& family,
                                  std::vector<assay::report::MetricResult> metrics);

// The results between a run_begin and a run_end, numbered and stamped as the bus would.
Events run_of(std::vector<assay::report::CaseResult> results);

// One event that ends a case; for streams made piece by piece.
assay::report::Event case_end(assay::report::CaseResult result);

Events empty_run();               // no case at all
Events ordinary_run();            // four cases of three suites, notes and next steps
Events every_status_run();        // one case of every status
Events hostile_text_run();        // markup, newline, escape sequences, broken UTF-8 in every string
Events unknown_figures_run();     // nothing observed, NaN, too few launches
Events magnitudes_run();          // times, sizes, counts and rates from tiny to huge
Events variants_run();            // ways to do the same work, with speed-ups
Events interrupted_run();         // Ctrl-C: partial, cancelled cases
Events comparison_run();          // two builds: every verdict and every fate
Events comparison_with_metrics(); // the same, with figures beside time
Events aborted_run();             // the stream ends in the middle

} // namespace canned
