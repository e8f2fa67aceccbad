// A gate over one run and the history: limits hold today's figures against numbers, regressions and
// improvements hold them against recorded runs.
//
//   GateReport report = judge_stored(gates, cases, {.calibration = calibration, .is_ci = true});
//
// What recorded runs show fails a rule only where it says `"evidence": "history"`, or the figure is
// exact; else it is undecided, for a single run differs from those of other hours by more than any
// interval says, and both builds side by side (`assay gate`) decide. Section 7.1 of the
// specification of tracking. Pure; any thread.
#pragma once

#include "verdict/environment_shift.hpp"
#include "verdict/gate.hpp"
#include "verdict/gate_alerts.hpp"

#include <optional>
#include <vector>

namespace assay::verdict {

struct StoredContext {
    Calibration calibration = {};          // of this run and of those before
    std::optional<double> host_noise = {}; // robust spread of equal work, lower is quieter
    bool is_ci = false;                    // whose machines are shared
    bool cancelled = false;                // what has no figure was not reached
    AlertsAsked alerts = {};               // what rules of kind no_new_alerts ask
};

// 1 of a machine on which equal work always takes as long, 0 where it differs by a whole of itself:
// what the policy `min_host_score` speaks of.
[[nodiscard]] double host_score(double noise) noexcept;

// Below this a shared runner's figures fail nothing.
inline constexpr double kSharedRunnerScore = 0.95;

// `cases`: those of this run as measured_only, with figures that have `today` and, of what the
// history knows, `stored`; those that broke, are missing or may not be compared as such.
[[nodiscard]] GateReport judge_stored(const GateFile& gates,
                                      const std::vector<GateCase>& cases,
                                      const StoredContext& context);

// The words about a figure of today's that the report's lines rest on.
[[nodiscard]] StoredVerdict
verdict_on(const GateCase& one, const GateFigure& figure, const LatticeOptions& options);

// Whether the run as a whole moved, over all of its figures that the history knows.
[[nodiscard]] EnvironmentShift shift_of(const std::vector<GateCase>& cases,
                                        const Calibration& calibration,
                                        const SeriesTest& test);

} // namespace assay::verdict
