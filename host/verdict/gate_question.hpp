// What a rule of a gate asks of the pairs of a case: the changes of its metric, matched by pair.
//
//   if (auto question = question_about(rule, one, figure, policy, cancelled, line)) ...
//
// Where there is nothing to ask, the line is settled and says why. Pure; any thread.
#pragma once

#include "verdict/gate.hpp"
#include "verdict/gate_rule.hpp"
#include "verdict/metric_change.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace assay::verdict {

// A rule about a case whose pairs are asked; `line` is its place in the report.
struct GateQuestion {
    std::size_t line = 0;
    const GateRule* rule = nullptr;
    MetricChange change = {};
    bool higher_is_better = false;
    bool exact = false;            // no statistics: what differs is different
    bool nondeterministic = false; // said to be exact, and is not
    bool drifting = false;
    std::size_t pairs = 0;            // of the case, with this figure or without
    std::size_t told = 0, asked = 0;  // launches of each build: with a figure in both, and all
    std::size_t launches_missing = 0; // of an exact figure, until it may be judged
};

// The figures that a rule asks about, pair by pair.
[[nodiscard]] std::optional<GateQuestion> question_about(const GateRule& rule,
                                                         const GateCase& one,
                                                         const GateFigure& figure,
                                                         const GatePolicy& policy,
                                                         bool cancelled,
                                                         GateLine& line);

} // namespace assay::verdict
