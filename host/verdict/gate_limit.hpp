// The rules of a gate that hold today's figure against a number.
//
//   judge_limit(rule, one, figure, {}, line);   // line.outcome, .figure, .limit, .n, .reason
//
// Pure; any thread.
#pragma once

#include "verdict/gate.hpp"

#include <string>

namespace assay::verdict {

// `cancelled`: the run ended early, what has no figure may not have been reached.
void judge_limit(const GateRule& rule,
                 const GateCase& one,
                 const GateFigure& figure,
                 bool cancelled,
                 GateLine& line);

// The figure against the rule's number, both in this unit.
// `told_in`: what a limit without a unit is in.
void hold_against(const GateRule& rule,
                  double figure,
                  const std::string& unit,
                  GateLine& line,
                  const ToldUnit& told_in = {});

// A line about a figure that is not there. What a cancelled run did not reach is undecided.
void settle_absent(GateLine& line, bool cancelled, const std::string& reason);

} // namespace assay::verdict
